{% macro edition_starting_in(year) -%}
    cast({{ year }} as {{ dbt.type_string() }})
    || '-' || lpad(cast(mod({{ year }} + 1, 100) as {{ dbt.type_string() }}), 2, '0')
{%- endmacro %}
