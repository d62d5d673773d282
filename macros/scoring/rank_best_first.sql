{# 1 + the number strictly better at nine decimals; ties share the lowest rank (method, step 9). #}
{% macro rank_best_first(score, partition_by) -%}
    rank() over (
        {% if partition_by %}partition by {{ partition_by }}{% endif %}
        order by {{ council_productivity.round_score(score) }} desc
    )
{%- endmacro %}
