{#
    Rank among the values of a partition, so that Spearman's correlation can be pooled over partitions of different
    size: each has the mean 0. Values are compared at nine decimals, as ranks are; values must be present.
#}
{% macro centred_rank(value, partition_by) -%}
    {%- set rounded = council_productivity.round_score(value) -%}
    (
        cast(
            rank() over (partition by {{ partition_by }} order by {{ rounded }})
            as {{ council_productivity.number_type() }}
        )
        + (count(*) over (partition by {{ partition_by }}, {{ rounded }}) - 1) / 2e0
        - (count(*) over (partition by {{ partition_by }}) + 1) / 2e0
    ) / count(*) over (partition by {{ partition_by }})
{%- endmacro %}
