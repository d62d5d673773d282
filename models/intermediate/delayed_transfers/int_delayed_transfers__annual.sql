-- One row per edition and area: the rate over the months held, days over days of the months and adults, as in ASCOF
-- 2C.
{% set responsible = ['total', 'nhs', 'social_care', 'both'] %}

with

final as (

    select
        edition,
        gss_code,
        {% for item in responsible %}
            {{ council_productivity.round_score('sum(days_' ~ item ~ ')') }} as days_{{ item }},
            {{ council_productivity.round_score(
                'sum(days_' ~ item ~ '_of_adults_known)'
                ~ ' / sum(case when days_' ~ item ~ '_of_adults_known is not null then adults * days_in_month end)'
                ~ ' * 100000'
            ) }} as rate_{{ item }},
        {% endfor %}
        max(adults) as adults,
        count(days_total) as months_held
    from {{ ref('int_delayed_transfers__days') }}
    group by edition, gss_code

)

select * from final
