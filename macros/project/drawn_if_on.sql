{% macro drawn_if_on(factor, as_published) -%}
    {%- if factor in var('draw_factors') -%} {{ factor }}
    {%- else -%} case {{ factor }} when 'drawn' then '{{ as_published }}' else {{ factor }} end
    {%- endif -%}
{%- endmacro %}
