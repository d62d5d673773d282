with

source as (

    select * from {{ ref('hmt_gdp_deflator') }}

),

final as (

    select
        edition,
        {{ council_productivity.to_number('gdp_deflator') }} as gdp_deflator,
        basis,
        basis like '%forecast%' as is_forecast
    from source

)

select * from final
