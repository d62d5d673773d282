{% macro subject_of(relation, columns) %}
    {%- for column in columns -%}
        coalesce(cast({{ relation }}.{{ column }} as {{ dbt.type_string() }}), '-') {{- " || ' ' || " if not loop.last }}
    {%- endfor -%}
{% endmacro %}
