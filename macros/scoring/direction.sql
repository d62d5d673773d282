{# Of a movement of something of which less is better: which way it goes; null where there is no movement to tell. #}
{% macro direction(movement) -%}
    case
        when {{ movement }} < 0 then 'improving'
        when {{ movement }} > 0 then 'worsening'
        when {{ movement }} = 0 then 'unchanged'
    end
{%- endmacro %}
