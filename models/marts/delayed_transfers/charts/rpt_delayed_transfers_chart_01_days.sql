with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.area_name,
        monthly.days_total as delayed_days,
        monthly.days_total_mean as twelve_month_mean_days,
        monthly.missing_reason
    from monthly

)

select * from final
