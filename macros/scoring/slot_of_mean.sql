{# What of a score stands in a slot: its root for the power mean, its logarithm for the geometric. #}
{% macro slot_of_mean(outcome_mean, score) -%}
    case {{ outcome_mean }}
        when 'power' then sqrt({{ score }})
        when 'geometric' then ln({{ score }})
        else {{ score }}
    end
{%- endmacro %}
