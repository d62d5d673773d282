{# Scores are compared at nine decimals, so that the last bits of a sum never decide a rank. #}
{% macro round_score(score) %}{{ return(adapter.dispatch('round_score', 'council_productivity')(score)) }}{% endmacro %}

{% macro default__round_score(score) %}round({{ score }}, 9){% endmacro %}

{% macro postgres__round_score(score) %}cast(round(cast({{ score }} as numeric), 9) as double precision){% endmacro %}
