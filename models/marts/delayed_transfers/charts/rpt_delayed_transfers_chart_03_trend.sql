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

    select
        monthly.gss_code,
        monthly.month,
        areas.area_name,
        monthly.rate_total as delayed_beds_per_day_per_100k_adults,
        monthly.rate_total_mean as twelve_month_mean_per_100k_adults,
        monthly.rate_total_trend as twelve_month_trend_per_100k_adults,
        monthly.rate_missing_reason as missing_reason
    from monthly
    inner join areas
        on areas.gss_code = monthly.gss_code

)

select * from final
