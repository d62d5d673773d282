with

monthly as (

    select * from {{ ref('int_delayed_transfers__expectations') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.responsible,
        monthly.area_name,
        monthly.rate as delayed_beds_per_day_per_100k_adults,
        monthly.expected_rate as expected_delayed_beds_per_day_per_100k_adults,
        monthly.answer
    from monthly

)

select * from final
