{% macro value_at_score(score, worst_goalpost, best_goalpost) -%}
    {{ worst_goalpost }} + ({{ score }} - {{ var('score_floor') }}) / {{ 100 - var('score_floor') }}e0
    * ({{ best_goalpost }} - {{ worst_goalpost }})
{%- endmacro %}
