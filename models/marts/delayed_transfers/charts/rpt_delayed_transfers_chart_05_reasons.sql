with

areas as (

    select
        gss_code,
        council_name as area_name
    from {{ ref('dim_council') }}
    union all
    select
        'E92000001' as gss_code,
        'England' as area_name

),

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    {% for item in council_productivity.delayed_transfer_reasons() %}
        select
            monthly.gss_code,
            monthly.month,
            '{{ item }}' as reason,
            areas.area_name,
            monthly.days_{{ item }} as delayed_days,
            {{ council_productivity.round_score(
                '100 * monthly.days_' ~ item ~ ' / nullif(monthly.days_total, 0)'
            ) }} as share_pct
        from monthly
        inner join areas
            on areas.gss_code = monthly.gss_code
        where monthly.days_{{ item }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
