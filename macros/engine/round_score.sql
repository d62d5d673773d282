{# `digits` is 12 for logarithms, whose parts must add up to 1e-9. #}
{% macro round_score(score, digits=9) %}{{ return(adapter.dispatch('round_score', 'council_productivity')(score, digits)) }}{% endmacro %}

{% macro default__round_score(score, digits) %}round({{ score }}, {{ digits }}){% endmacro %}

{#
    PostgreSQL rounds only decimals to places, and takes ten times as long over turning doubles into them; this is what
    DuckDB does with a double, halves away from zero.
#}
{% macro postgres__round_score(score, digits) -%}
    cast(trunc(({{ score }}) * 1e{{ digits }} + 0.5 * sign({{ score }})) / 1e{{ digits }} as double precision)
{%- endmacro %}
