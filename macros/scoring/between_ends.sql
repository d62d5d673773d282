{# The number at this share, 0 to 1, of the way between the two ends of a list. #}
{% macro between_ends(share, ends) -%}
    ({{ ends[0] }} + ({{ ends[1] }} - {{ ends[0] }}) * {{ share }})
{%- endmacro %}
