{#
    Weighted mean over the values that are present, an aggregate; weights renormalise over them.
    `kind` is arithmetic, geometric or harmonic; the last two need values above zero.
#}
{% macro weighted_mean(value, weight, kind='arithmetic') -%}
    {%- set present_weight -%}
        sum(case when {{ value }} is not null then {{ weight }} end)
    {%- endset -%}
    {%- if kind == 'arithmetic' -%}
        sum({{ weight }} * {{ value }}) / {{ present_weight }}
    {%- elif kind == 'geometric' -%}
        exp(sum({{ weight }} * ln({{ value }})) / {{ present_weight }})
    {%- elif kind == 'harmonic' -%}
        {{ present_weight }} / sum({{ weight }} / {{ value }})
    {%- else -%}
        {{ exceptions.raise_compiler_error("weighted_mean: kind `" ~ kind ~ "` is none of arithmetic, geometric, harmonic") }}
    {%- endif -%}
{%- endmacro %}
