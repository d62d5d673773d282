{#
    `is_exact` where no order of rows may change the sum by a bit. Draws do without: there are millions of rows, and what
    is made of them is rounded far above that.
#}
{% macro overall_ln_productivity(ln_to_median, spread_scale, weight, is_exact=false) -%}
    {%- set ln_scaled -%} (({{ ln_to_median }}) * ({{ spread_scale }})) {%- endset -%}
    {%- if is_exact -%}
        {{ council_productivity.exact_sum('(' ~ weight ~ ') * ' ~ ln_scaled) }}
        / nullif(sum(case when {{ ln_scaled }} is not null then {{ weight }} end), 0)
    {%- else -%}
        {{ council_productivity.weighted_mean(ln_scaled, weight) }}
    {%- endif -%}
{%- endmacro %}
