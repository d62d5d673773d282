{#
    PostgreSQL would look by itself only a minute later, and until then joins by nested loops: a model then takes
    minutes in place of a second. DuckDB and Spark need no asking.
#}
{% macro collect_statistics(relation, materialized) -%}
    {{ adapter.dispatch('collect_statistics', 'council_productivity')(relation, materialized) }}
{%- endmacro %}

{% macro default__collect_statistics(relation, materialized) %}{% endmacro %}

{% macro postgres__collect_statistics(relation, materialized) -%}
    {% if materialized in ['table', 'seed'] %}analyze {{ relation }}{% endif %}
{%- endmacro %}
