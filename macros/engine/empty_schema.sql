{# Contracts name types as standard SQL does; Spark does not know `double precision`. #}
{% macro spark__get_empty_schema_sql(columns) -%}
    select
        {%- for name, column in columns.items() %}
        cast(null as {{ column['data_type'] | replace('double precision', 'double') }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}
