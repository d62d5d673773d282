{#
    `polarity` is +1 or -1. Values are compared at nine decimals, as ranks are. Missing values are a partition of
    their own: they get no score and do not count as others. A single value has no others: no score.
#}
{% macro percentile_rank_score(value, partition_by, polarity='1', low=1, high=100) -%}
    {%- set directed -%} (({{ polarity }}) * ({{ value }})) {%- endset -%}
    {%- set keys -%} {% if partition_by %}{{ partition_by }}, {% endif %}{{ directed }} is null {%- endset -%}
    case
        when {{ directed }} is not null and count(*) over (partition by {{ keys }}) > 1
            then {{ low }} + ({{ high }} - {{ low }}) * percent_rank() over (
                partition by {{ keys }} order by {{ council_productivity.round_score(directed) }}
            )
    end
{%- endmacro %}
