{# Run at the end of every dbt run, for the `schemas` it built in; nothing where the engine has no roles. #}
{% macro open_schemas(schemas) %}{{ adapter.dispatch('open_schemas', 'council_productivity')(schemas) }}{% endmacro %}

{% macro default__open_schemas(schemas) %}{% endmacro %}

{% macro postgres__open_schemas(schemas) -%}
    {%- set granted = [] -%}
    {%- for node in (graph.nodes.values() if execute else []) if node.config.get('grants') -%}
        {%- for role in node.config.grants.get('select', []) if (node.schema, role) not in granted -%}
            {%- do granted.append((node.schema, role)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for schema, role in granted if schema in schemas %}
        grant usage on schema {{ adapter.quote(schema) }} to {{ adapter.quote(role) }};
    {%- endfor -%}
{%- endmacro %}
