{#
    The posts are in the measure's unit, so their order carries the polarity. Missing stays missing, a value as well
    as a post: `greatest` would turn a null into the worst score. Equal posts tell nothing apart: no score.
#}
{% macro goalpost_score(value, worst_goalpost, best_goalpost) -%}
    {%- set distance -%}
        (({{ value }}) - ({{ worst_goalpost }})) / nullif(({{ best_goalpost }}) - ({{ worst_goalpost }}), 0)
    {%- endset -%}
    case
        when {{ distance }} is not null
            then {{ var('score_floor') }} + {{ 100 - var('score_floor') }} * least(1, greatest(0, {{ distance }}))
    end
{%- endmacro %}
