{% macro spend_not_comparable(spend_index) -%}
    case
        when {{ spend_index }} <= 0 then 'spend_not_positive'
        when {{ spend_index }} < {{ var('spend_index_floor') }} then 'spend_below_quarter_of_england'
        when {{ spend_index }} > {{ var('spend_index_ceiling') }} then 'spend_above_four_times_england'
    end
{%- endmacro %}
