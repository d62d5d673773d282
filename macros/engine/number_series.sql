{% macro number_series(last) %}{{ return(adapter.dispatch('number_series', 'council_productivity')(last)) }}{% endmacro %}

{% macro default__number_series(last) %}select cast(series.number as bigint) as number from generate_series(1, {{ last }}) as series(number){% endmacro %}

{% macro duckdb__number_series(last) %}select series.range as number from range(1, {{ last }} + 1) as series{% endmacro %}

{% macro spark__number_series(last) %}select explode(sequence(cast(1 as bigint), cast({{ last }} as bigint))) as number{% endmacro %}
