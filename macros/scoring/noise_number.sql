{# One number for a draw and a council of a ranking, which millions of rows of noise are joined by. #}
{% macro noise_number(draw, subject_number) -%}
    10000 * {{ draw }} + {{ subject_number }}
{%- endmacro %}
