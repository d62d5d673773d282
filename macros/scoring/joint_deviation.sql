{# The standard deviation of the sum of two independent errors. #}
{% macro joint_deviation(one, other) -%}
    sqrt({{ one }} * {{ one }} + {{ other }} * {{ other }})
{%- endmacro %}
