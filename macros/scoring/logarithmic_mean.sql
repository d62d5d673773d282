{% macro logarithmic_mean(one, other) -%}
    case
        when abs({{ one }} - {{ other }}) < 1e-12 * {{ one }} then {{ one }}
        else ({{ one }} - {{ other }}) / (ln({{ one }}) - ln({{ other }}))
    end
{%- endmacro %}
