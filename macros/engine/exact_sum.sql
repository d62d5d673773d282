{# A sum that no order of rows changes by a bit: of decimals at eighteen places. #}
{% macro exact_sum(value, window='') -%}
    cast(
        sum(cast({{ value }} as decimal(38, 18))){{ ' over (' ~ window ~ ')' if window }}
        as {{ council_productivity.number_type() }}
    )
{%- endmacro %}
