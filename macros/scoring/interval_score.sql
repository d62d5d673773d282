{# Width of a nine-tenths interval and twenty times the miss: less is better. #}
{% macro interval_score(lower_end, upper_end, came) -%}
    ({{ upper_end }} - {{ lower_end }}
    + 20 * greatest(0, {{ lower_end }} - {{ came }}, {{ came }} - {{ upper_end }}))
{%- endmacro %}
