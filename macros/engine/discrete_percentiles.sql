{#
    An aggregate of several discrete percentiles at once, so that values are gathered and sorted once; `element` takes
    one of them out. Spark has no such thing and gathers once for each.
#}
{% macro discrete_percentiles(value, shares) -%}
    {{ adapter.dispatch('discrete_percentiles', 'council_productivity')(value, shares) }}
{%- endmacro %}

{% macro default__discrete_percentiles(value, shares) -%}
    percentile_disc(array[{{ shares | join(', ') }}]) within group (order by {{ value }})
{%- endmacro %}

{% macro duckdb__discrete_percentiles(value, shares) -%}
    quantile_disc({{ value }}, [{{ shares | join(', ') }}])
{%- endmacro %}

{% macro spark__discrete_percentiles(value, shares) -%}
    array(
        {%- for share in shares %}
        percentile_disc({{ share }}) within group (order by {{ value }}){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# One of the values of a list, counted from 1. #}
{% macro element(list, place) -%}
    {{ adapter.dispatch('element', 'council_productivity')(list, place) }}
{%- endmacro %}

{% macro default__element(list, place) -%}
    ({{ list }})[{{ place }}]
{%- endmacro %}

{% macro spark__element(list, place) -%}
    element_at({{ list }}, {{ place }})
{%- endmacro %}
