{# Quartile (groups = 4) or decile (10) of a rank among n: 1 is the best; councils that tie share the group. #}
{% macro rank_group(rank, ranked, groups) -%}
    cast(floor(({{ rank }} - 1) * {{ groups }} / cast({{ ranked }} as {{ council_productivity.number_type() }})) as bigint) + 1
{%- endmacro %}
