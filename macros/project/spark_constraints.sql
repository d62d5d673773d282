{#
    Parquet tables know no constraints, and dbt-spark would ask for them all the same. Columns and types of a contract
    are checked before a table is made; keys and nulls are held by data tests.
#}
{% macro spark__persist_constraints(relation, model) %}{% endmacro %}
