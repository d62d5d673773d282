{% macro normal_from_digits(digits, first_digit=1, wave='cos') -%}
    sqrt(-2 * ln(1 - {{ council_productivity.uniform_from_digits(digits, first_digit) }}))
    * {{ wave }}(2 * pi() * {{ council_productivity.uniform_from_digits(digits, first_digit + 8) }})
{%- endmacro %}
