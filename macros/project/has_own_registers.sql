{#
    A folder that is not there, or lacks a file, ends dbt's parse with the name of a missing seed; where it was looked
    for is said before, and only then.
#}
{% macro has_own_registers() -%}
    {%- set folder = var('own_registers', '') -%}
    {%- if folder and not execute -%}
        {%- do log('Own registers (' ~ model.name ~ '): files own_*.csv of the folder ' ~ folder, info=true) -%}
    {%- endif -%}
    {{ return(folder != '') }}
{%- endmacro %}
