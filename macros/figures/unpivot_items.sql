{# One row per key and item out of a table with a column per item; the values stay text. #}
{% macro unpivot_items(relation, keys, items) -%}
    {%- for item in items %}
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        '{{ item }}' as item_id,
        {{ item }} as value_raw
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
