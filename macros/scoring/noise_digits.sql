{# The 32 digits that a council's noise in a draw follows from: two normal numbers. #}
{% macro noise_digits(factor, cells, gss_code) -%}
    md5(
        '{{ var("uncertainty_run_id") }}|{{ factor }}|' || {{ cells }}.draw || '|' || {{ cells }}.edition
        || '|' || {{ cells }}.ranking_id || '|' || {{ gss_code }}
    )
{%- endmacro %}
