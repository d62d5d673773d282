{% macro value_at_score(score, worst_goalpost, best_goalpost) -%}
    {{ worst_goalpost }} + ({{ score }} - 1) / 99e0 * ({{ best_goalpost }} - {{ worst_goalpost }})
{%- endmacro %}
