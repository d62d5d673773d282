{#
    For a model that joins far more rows than a planner without statistics expects: PostgreSQL would sort them all by
    text, three to five times as long. A pre-hook; it holds for the model's transaction.
#}
{% macro join_by_hashing() %}{{ adapter.dispatch('join_by_hashing', 'council_productivity')() }}{% endmacro %}

{% macro default__join_by_hashing() %}{% endmacro %}

{% macro postgres__join_by_hashing() -%}
    set local enable_mergejoin = off;
    set local enable_sort = off
{%- endmacro %}
