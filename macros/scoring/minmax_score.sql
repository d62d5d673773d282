{#
    An alternative to the goalposts in the rank bands (method, step 10), so it depends on who else is in the
    partition. `polarity` is +1 or -1. Missing stays missing, and where all values are equal there is nothing to
    tell apart: no score.
#}
{% macro minmax_score(value, partition_by, polarity='1', low=1, high=100) -%}
    {%- set directed -%} (({{ polarity }}) * ({{ value }})) {%- endset -%}
    {%- set over -%} over ({% if partition_by %}partition by {{ partition_by }}{% endif %}) {%- endset -%}
    {{ low }} + ({{ high }} - {{ low }}) * ({{ directed }} - min({{ directed }}) {{ over }})
    / nullif(max({{ directed }}) {{ over }} - min({{ directed }}) {{ over }}, 0)
{%- endmacro %}
