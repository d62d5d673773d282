{# Schemas are the layers' own names (seeds, staging, intermediate, marts), the same for everyone. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
