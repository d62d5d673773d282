{#
    Spark plans every part of a union as a reading of its own, thousands of tasks for the widest seeds; `stack`
    reads once.
#}
{% macro unpivot_items(relation, keys, items) -%}
    {{ return(adapter.dispatch('unpivot_items', 'council_productivity')(relation, keys, items)) }}
{%- endmacro %}

{% macro default__unpivot_items(relation, keys, items) -%}
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

{% macro spark__unpivot_items(relation, keys, items) %}
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        stack({{ items | length }}{% for item in items %}, '{{ item }}', {{ item }}{% endfor %}) as (item_id, value_raw)
    from {{ relation }}
{%- endmacro %}
