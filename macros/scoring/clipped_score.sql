{# Noise never takes a score off its scale. #}
{% macro clipped_score(score) -%}
    least(100, greatest({{ var('score_floor') }}, {{ score }}))
{%- endmacro %}
