{% macro direction(movement) -%}
    case
        when {{ movement }} < 0 then 'improving'
        when {{ movement }} > 0 then 'worsening'
        when {{ movement }} = 0 then 'unchanged'
    end
{%- endmacro %}
