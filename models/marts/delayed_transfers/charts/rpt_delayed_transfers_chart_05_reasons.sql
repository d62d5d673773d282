with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    {% for item in council_productivity.delayed_transfer_reasons() %}
        select
            monthly.gss_code,
            monthly.month,
            '{{ item }}' as reason,
            monthly.area_name,
            monthly.days_{{ item }} as delayed_days,
            {{ council_productivity.round_score(
                '100 * monthly.days_' ~ item ~ ' / nullif(monthly.days_total, 0)'
            ) }} as share_pct
        from monthly
        where monthly.days_{{ item }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
