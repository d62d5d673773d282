{#
    `kind` is arithmetic, geometric or harmonic; the last two need values above zero. Without any weight present
    there is no mean: 0 / 0 would be NaN, which DuckDB ranks above every number.
#}
{% macro weighted_mean(value, weight, kind='arithmetic') -%}
    {%- set present_weight -%}
        nullif({{ council_productivity.exact_sum('case when (' ~ value ~ ') is not null then ' ~ weight ~ ' end') }}, 0)
    {%- endset -%}
    {%- if kind == 'arithmetic' -%}
        sum(({{ weight }}) * ({{ value }})) / {{ present_weight }}
    {%- elif kind == 'geometric' -%}
        exp(sum(({{ weight }}) * ln({{ value }})) / {{ present_weight }})
    {%- elif kind == 'harmonic' -%}
        {{ present_weight }} / sum(({{ weight }}) / ({{ value }}))
    {%- else -%}
        {{ exceptions.raise_compiler_error("weighted_mean: kind `" ~ kind ~ "` is none of arithmetic, geometric, harmonic") }}
    {%- endif -%}
{%- endmacro %}
