{# The mean itself out of the mean of what stands in the slots: roots for the power mean, logarithms for the geometric. #}
{% macro mean_from_slots(outcome_mean, mean_of_slots) -%}
    case {{ outcome_mean }}
        when 'power' then {{ mean_of_slots }} * {{ mean_of_slots }}
        when 'geometric' then exp({{ mean_of_slots }})
        else {{ mean_of_slots }}
    end
{%- endmacro %}
