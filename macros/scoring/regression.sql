{#
    Through points that all lie at one place of the regressor goes no line: engines give NaN, nothing or an error. A
    variance that is only what rounding leaves is none.
#}
{% macro regression(part, outcome, regressor, digits=9) -%}
    case
        when var_samp(case when {{ outcome }} is not null then {{ regressor }} end) > 1e-12
            then {{
                council_productivity.round_score('regr_' ~ part ~ '(' ~ outcome ~ ', ' ~ regressor ~ ')', digits=digits)
            }}
    end
{%- endmacro %}
