{#
    A pre-hook of every model, for its own transaction; `group_too` where there are so many rows that sorting them
    is dear as well. There joins go in the order in which they stand: PostgreSQL knows nothing of the rows that a
    step of a query leaves, and may join every draw with every other before it looks at the pairs.
#}
{% macro join_by_hashing(group_too=false) -%}
    {{ return(adapter.dispatch('join_by_hashing', 'council_productivity')(group_too)) }}
{%- endmacro %}

{% macro default__join_by_hashing(group_too) %}{{ return('') }}{% endmacro %}

{% macro postgres__join_by_hashing(group_too) -%}
    {{ return(
        'set local enable_nestloop = off; set local enable_mergejoin = off'
        ~ ('; set local enable_sort = off; set local join_collapse_limit = 1' if group_too else '')
    ) }}
{%- endmacro %}
