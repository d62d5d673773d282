{% macro stop_unless_seed_is_as_declared(header, declared) -%}
    {%- for column in declared if column not in header -%}
        {{ exceptions.raise_compiler_error(
            'Seed ' ~ model['name'] ~ ' (' ~ model['original_file_path'] ~ '): column `' ~ column
            ~ '` is missing from line 1. Rule: a seed holds exactly the columns its YAML declares; found '
            ~ header | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
    {%- for column in header if column not in declared -%}
        {{ exceptions.raise_compiler_error(
            'Seed ' ~ model['name'] ~ ' (' ~ model['original_file_path'] ~ '): column `' ~ column
            ~ '` on line 1 is not declared. Rule: a seed holds exactly the columns its YAML declares.'
        ) }}
    {%- endfor -%}
{%- endmacro %}
