{#
    dbt writes what it compiles to target and the path of its source: from a path that leads out of the project, over
    the user's files. A folder that is not there, or lacks a file, ends dbt's parse with the name of a missing seed;
    where it was looked for is said before, and only then.
#}
{% macro has_own_registers() -%}
    {%- set folder = var('own_registers', '') -%}
    {%- if folder and (folder[0] == '/' or '..' in folder) -%}
        {{ exceptions.raise_compiler_error(
            'own_registers is ' ~ folder ~ ', which leads out of the project. Make a link in it, ln -s ' ~ folder
            ~ " warehouse/own_registers, and say --vars '{own_registers: warehouse/own_registers}'."
        ) }}
    {%- endif -%}
    {%- if folder and not execute -%}
        {%- do log('Own registers (' ~ model.name ~ '): files own_*.csv of the folder ' ~ folder, info=true) -%}
    {%- endif -%}
    {{ return(folder != '') }}
{%- endmacro %}
