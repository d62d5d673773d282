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

    select * from {{ ref('int_delayed_transfers__expectations') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.responsible,
        areas.area_name,
        monthly.rate as delayed_beds_per_day_per_100k_adults,
        monthly.expected_rate as expected_delayed_beds_per_day_per_100k_adults,
        monthly.answer
    from monthly
    inner join areas
        on areas.gss_code = monthly.gss_code

)

select * from final
