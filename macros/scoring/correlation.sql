{#
    Of what does not vary there is no correlation: engines give NaN, nothing or an error. A variance that is only what
    rounding leaves is none.
#}
{% macro correlation(one, other) -%}
    case
        when var_samp({{ one }}) > 1e-12 and var_samp({{ other }}) > 1e-12
            then {{ council_productivity.round_score('corr(' ~ one ~ ', ' ~ other ~ ')') }}
    end
{%- endmacro %}
