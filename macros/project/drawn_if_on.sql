{# A factor of the draws as the register of scenarios has it; one that the variable `draw_factors` leaves out stays as published. #}
{% macro drawn_if_on(factor, as_published) -%}
    {%- if factor in var('draw_factors') -%} {{ factor }}
    {%- else -%} case {{ factor }} when 'drawn' then '{{ as_published }}' else {{ factor }} end
    {%- endif -%}
{%- endmacro %}
