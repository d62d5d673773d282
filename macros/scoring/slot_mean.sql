{#
    The same mean as `weighted_mean`, laid out in columns: a thousand draws become a projection instead of a join
    and a sum. With logarithms in the value columns its `exp` is the geometric mean.
#}
{% macro slot_mean(value, mark, weight, slots) -%}
    (
        {%- for slot in range(1, slots + 1) %}
        {{ weight }}{{ slot }} * {{ value }}{{ slot }}{{ ' +' if not loop.last }}
        {%- endfor %}
    ) / (
        {%- for slot in range(1, slots + 1) %}
        {{ weight }}{{ slot }} * {{ mark }}{{ slot }}{{ ' +' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# Numbered columns out of rows with a `slot`, an aggregate: the value of each slot, or 0. #}
{% macro slot_columns(value, name, slots) -%}
    {%- for slot in range(1, slots + 1) %}
    coalesce(max(case when slot = {{ slot }} then {{ value }} end), 0) as {{ name }}{{ slot }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
