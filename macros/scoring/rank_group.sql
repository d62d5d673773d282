{% macro rank_group(rank, ranked, groups) -%}
    cast(floor(({{ rank }} - 1) * {{ groups }} / cast({{ ranked }} as {{ council_productivity.number_type() }})) as bigint) + 1
{%- endmacro %}
