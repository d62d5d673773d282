{#
    Run at the end of every dbt run: what the tests `foreign_keys` have proved the database keeps from then on, so that
    tools see how tables belong together. DuckDB would refuse to build a dimension anew, Spark keeps no keys.
#}
{% macro keep_foreign_keys(results) -%}
    {{ adapter.dispatch('keep_foreign_keys', 'council_productivity')(results) }}
{%- endmacro %}

{% macro default__keep_foreign_keys(results) %}{% endmacro %}

{% macro postgres__keep_foreign_keys(results) -%}
    {%- set proved = [] -%}
    {%- for result in (results if execute else []) if result.status == 'pass' -%}
        {%- if result.node.test_metadata and result.node.test_metadata.name == 'foreign_keys' -%}
            {%- do proved.append(result.node) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for test in proved -%}
        {%- set facts = council_productivity.relation_of_node(graph.nodes[test.attached_node]) -%}
        {%- for column, target in test.test_metadata.kwargs.references.items() if facts and facts.is_table -%}
            {%- set dimension, key = target.split('.') -%}
            {%- set named = graph.nodes.values() | selectattr('name', 'eq', dimension) | first -%}
            {%- set members = council_productivity.relation_of_node(named) -%}
            {%- set name = adapter.quote(facts.identifier ~ '_' ~ column ~ '_fkey') %}
            alter table {{ facts }} drop constraint if exists {{ name }};
            alter table {{ facts }} add constraint {{ name }} foreign key ({{ column }}) references {{ members }} ({{ key }});
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{% macro relation_of_node(node) -%}
    {{ return(adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias)) }}
{%- endmacro %}
