{# Every row of the partition is ranked. #}
{% macro quadrant(outcome, spend, partition) -%}
    case
        when
            {{ outcome }} > {{ council_productivity.round_score('avg(' ~ outcome ~ ') over (partition by ' ~ partition ~ ')') }}
            and {{ spend }} < {{ council_productivity.round_score('avg(' ~ spend ~ ') over (partition by ' ~ partition ~ ')') }}
            then 'better_for_less'
        when {{ outcome }} > {{ council_productivity.round_score('avg(' ~ outcome ~ ') over (partition by ' ~ partition ~ ')') }}
            then 'better_for_more'
        when {{ spend }} < {{ council_productivity.round_score('avg(' ~ spend ~ ') over (partition by ' ~ partition ~ ')') }}
            then 'worse_for_less'
        else 'worse_for_more'
    end
{%- endmacro %}
