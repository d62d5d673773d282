{# dbt gives a seed of the project its path below the project, one of a folder elsewhere its whole path. #}
{% macro path_of_seed(model) -%}
    {%- set path = model['original_file_path'] -%}
    {{ return(path if path.startswith('/') else model['root_path'] ~ '/' ~ path) }}
{%- endmacro %}
