{#
    Rows of a seed on PostgreSQL: a column at a time, as arrays, in one statement. dbt's own macro binds every value
    in a loop of Jinja and takes minutes for the seeds of this project.
#}
{% macro postgres__load_csv_rows(model, agate_table) %}
    {%- set columns = agate_table.column_names -%}
    {%- set arrays = [] -%}
    {%- for column in columns -%}
        {%- do arrays.append(agate_table.columns[column].values() | list) -%}
    {%- endfor -%}
    {%- set sql -%}
        insert into {{ this.render() }} ({{ get_seed_column_quoted_csv(model, columns) }})
        select * from unnest(
            {%- for column in columns %}cast(%s as text[]){{ ', ' if not loop.last }}{% endfor -%}
        )
    {%- endset -%}
    {%- do adapter.add_query(sql, bindings=arrays, abridge_sql_log=True) -%}
    {{ return(sql) }}
{% endmacro %}
