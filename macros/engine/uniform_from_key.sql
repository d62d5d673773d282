{% macro uniform_from_key(key) -%}
    {{ council_productivity.uniform_from_digits(council_productivity.key_digits(key), 1) }}
{%- endmacro %}

{# The same out of eight of the digits themselves, from the first one named. #}
{% macro uniform_from_digits(digits, first_digit) -%}
    {{ adapter.dispatch('integer_from_digits', 'council_productivity')(digits, first_digit) }}
    / 4294967296.0
{%- endmacro %}

{# What `uniform_from_digits` reads: the 32 hexadecimal digits of the md5, on DuckDB the same as one number. #}
{% macro key_digits(key) -%}
    {{ adapter.dispatch('key_digits', 'council_productivity')(key) }}
{%- endmacro %}

{% macro default__key_digits(key) -%}
    md5({{ key }})
{%- endmacro %}

{% macro duckdb__key_digits(key) -%}
    md5_number({{ key }})
{%- endmacro %}

{% macro default__integer_from_digits(digits, first_digit) -%}
    cast(cast(cast('x' || substr({{ digits }}, {{ first_digit }}, 8) as bit(32)) as bigint) as double precision)
{%- endmacro %}

{#
    Read as texts, digits cost twice as much. The number has the last byte of the md5 first: four bytes are cut out of it
    and put together the other way round.
#}
{% macro duckdb__integer_from_digits(digits, first_digit) -%}
    {%- set half -%}
        cast(({{ digits }} >> {{ 64 * ((first_digit - 1) // 16) }}) & 18446744073709551615 as ubigint)
    {%- endset -%}
    cast(
        {%- for place in range(4) %}
        {{ 256 ** (3 - place) }} * (({{ half }} >> {{ 8 * place + 32 * (((first_digit - 1) // 8) % 2) }}) & 255)
        {{- ' +' if not loop.last }}
        {%- endfor %}
        as double
    )
{%- endmacro %}

{% macro spark__integer_from_digits(digits, first_digit) -%}
    cast(conv(substr({{ digits }}, {{ first_digit }}, 8), 16, 10) as double)
{%- endmacro %}
