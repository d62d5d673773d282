{% macro uniform_from_key(key) -%}
    {{ council_productivity.uniform_from_digits('md5(' ~ key ~ ')', 1) }}
{%- endmacro %}

{# The same out of eight of the digits themselves, from the first one named. #}
{% macro uniform_from_digits(digits, first_digit) -%}
    {{ adapter.dispatch('integer_from_digits', 'council_productivity')('substr(' ~ digits ~ ', ' ~ first_digit ~ ', 8)') }}
    / 4294967296.0
{%- endmacro %}

{% macro default__integer_from_digits(digits) -%}
    cast(cast(cast('x' || {{ digits }} as bit(32)) as bigint) as double precision)
{%- endmacro %}

{% macro duckdb__integer_from_digits(digits) -%}
    cast(cast('0x' || {{ digits }} as bigint) as double)
{%- endmacro %}

{% macro spark__integer_from_digits(digits) -%}
    cast(conv({{ digits }}, 16, 10) as double)
{%- endmacro %}
