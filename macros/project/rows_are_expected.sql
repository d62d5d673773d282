{% macro rows_are_expected() -%}{{ 'false' if flags.EMPTY else 'true' }}{%- endmacro %}
