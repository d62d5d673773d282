{% macro change_verdict(lower_end, upper_end) -%}
    case
        when {{ lower_end }} > 0 then 'improved'
        when {{ upper_end }} < 0 then 'declined'
        else 'cannot_be_told_from_noise'
    end
{%- endmacro %}
