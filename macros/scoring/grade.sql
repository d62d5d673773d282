{% macro grade(score) -%}
    case
        when {{ council_productivity.round_score(score) }} >= 80 then 'A'
        when {{ council_productivity.round_score(score) }} >= 60 then 'B'
        when {{ council_productivity.round_score(score) }} >= 40 then 'C'
        when {{ council_productivity.round_score(score) }} >= 20 then 'D'
        when {{ score }} is not null then 'E'
    end
{%- endmacro %}
