{# `polarity` is +1 or -1. Missing stays missing; a single value or equal values have no score. #}
{% macro zscore_score(value, partition_by, polarity='1', mean=0, deviation=1) -%}
    {%- set directed -%} (({{ polarity }}) * ({{ value }})) {%- endset -%}
    {%- set over -%} over ({% if partition_by %}partition by {{ partition_by }}{% endif %}) {%- endset -%}
    {{ mean }} + {{ deviation }} * ({{ directed }} - avg({{ directed }}) {{ over }})
    / nullif(stddev_samp({{ directed }}) {{ over }}, 0)
{%- endmacro %}
