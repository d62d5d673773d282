{# The mart of a module's change since the first edition held. #}
{% macro module_change(module) -%}
    select
        edition,
        gss_code,
        outcome_from_edition,
        measures_compared,
        outcome_score_then,
        outcome_score_now,
        outcome_score_change,
        productivity_from_edition,
        100 * (exp(ln_outcome_change) - 1) as outcome_change_pct,
        100 * (cash_spend_ratio - 1) as cash_spend_per_head_change_pct,
        100 * (exp(ln_spend_change) - 1) as real_spend_per_head_change_pct,
        100 * (exp(ln_productivity_change) - 1) as productivity_change_pct,
        100 * (exp(ln_productivity_change_p05) - 1) as productivity_change_pct_p05,
        100 * (exp(ln_productivity_change_p95) - 1) as productivity_change_pct_p95,
        change_verdict,
        no_change_reason
    from {{ ref('int_modules__changed') }}
    where lens_id = '{{ module }}'
{%- endmacro %}
