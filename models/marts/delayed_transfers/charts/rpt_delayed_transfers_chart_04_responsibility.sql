with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    {% for item in ['nhs', 'social_care', 'both'] %}
        select
            monthly.gss_code,
            monthly.month,
            '{{ item }}' as responsible,
            monthly.area_name,
            monthly.days_{{ item }} as delayed_days,
            monthly.rate_{{ item }} as delayed_beds_per_day_per_100k_adults,
            {{ council_productivity.round_score(
                '100 * monthly.days_' ~ item ~ ' / nullif(monthly.days_total, 0)'
            ) }} as share_pct
        from monthly
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
