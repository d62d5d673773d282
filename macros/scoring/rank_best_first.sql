{#
    Missing has no rank and comes last: left to itself, PostgreSQL would put it first. Ranks are big integers on
    every engine; Spark counts them in small ones.
#}
{% macro rank_best_first(score, partition_by) -%}
    case
        when ({{ score }}) is not null
            then cast(rank() over (
                {% if partition_by %}partition by {{ partition_by }}{% endif %}
                order by {{ council_productivity.round_score(score) }} desc nulls last
            ) as bigint)
    end
{%- endmacro %}
