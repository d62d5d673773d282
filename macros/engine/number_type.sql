{% macro number_type() %}{{ return(adapter.dispatch('number_type', 'council_productivity')()) }}{% endmacro %}

{% macro default__number_type() %}double precision{% endmacro %}

{% macro spark__number_type() %}double{% endmacro %}
