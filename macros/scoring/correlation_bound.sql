{#
    Fisher's z with the standard error that Bonett and Wright (2000) give for Spearman's correlation. `councils` is
    how many councils were seen, not how many council-years: the years of one council are no independent witnesses.
    `side` is -1 for the lower end and 1 for the upper; null where the correlation is whole or the councils are few.
#}
{% macro correlation_bound(correlation, councils, side) -%}
    {%- set z -%}
        (ln((1 + {{ correlation }}) / nullif(1 - {{ correlation }}, 0)) / 2
        + ({{ side }}) * {{ var('interval_normal_quantile') }}
        * sqrt((1 + {{ correlation }} * {{ correlation }} / 2) / ({{ councils }} - 3)))
    {%- endset -%}
    case
        when abs({{ correlation }}) < 1 and {{ councils }} > 3
            then {{ council_productivity.round_score(
                '(exp(2 * ' ~ z ~ ') - 1) / (exp(2 * ' ~ z ~ ') + 1)'
            ) }}
    end
{%- endmacro %}
