with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.area_name,
        monthly.rate_total as delayed_beds_per_day_per_100k_adults,
        monthly.rate_total_mean as twelve_month_mean_per_100k_adults,
        monthly.rate_total_trend as twelve_month_trend_per_100k_adults,
        monthly.rate_missing_reason as missing_reason
    from monthly

)

select * from final
