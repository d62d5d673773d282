{# Percentile with linear interpolation (type 7), an aggregate; `share` is between 0 and 1. #}
{% macro percentile(value, share) -%}
    percentile_cont({{ share }}) within group (order by {{ value }})
{%- endmacro %}
