{# Digits that noise follows from, by factor and the columns of its key: two normal numbers, and two of their sines. #}
{% macro noise_digits(factor, key_columns) -%}
    {{ council_productivity.key_digits(
        "'" ~ var("uncertainty_run_id") ~ "|" ~ factor ~ "|' || " ~ (key_columns | join(" || '|' || "))
    ) }}
{%- endmacro %}
