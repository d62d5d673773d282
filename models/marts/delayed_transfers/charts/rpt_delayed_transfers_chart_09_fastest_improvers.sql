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
        monthly.rate_total_year_before as delayed_beds_per_day_per_100k_adults_year_before,
        monthly.rate_total_movement as twelve_month_movement_per_100k_adults,
        ranked.improvement_rank,
        ranked.councils_compared
    from monthly
    inner join {{ ref('int_delayed_transfers__ranked') }} as ranked
        on
            ranked.gss_code = monthly.gss_code
            and ranked.month = monthly.month
    where ranked.improvement_rank is not null

)

select * from final
