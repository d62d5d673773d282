{% macro to_number(text) %}{{ return(adapter.dispatch('to_number', 'council_productivity')(text)) }}{% endmacro %}

{% macro default__to_number(text) -%}
    case
        when {{ council_productivity.text_matches(text, '^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$') }}
            then cast({{ text }} as {{ council_productivity.number_type() }})
    end
{%- endmacro %}

{% macro duckdb__to_number(text) -%}
    case
        when {{ council_productivity.text_matches(text, '^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$') }}
            then try_cast({{ text }} as double)
    end
{%- endmacro %}
