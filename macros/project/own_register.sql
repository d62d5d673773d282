{# A register of which the project has no row: that of the user's folder, or none. #}
{% macro own_register(register, columns) -%}
    {%- if council_productivity.has_own_registers() -%}
    select * from {{ ref('own_' ~ register) }}
    {%- else -%}
    select
        {% for column in columns %}
            cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    where 1 = 0
    {%- endif -%}
{%- endmacro %}
