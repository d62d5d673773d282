with

source as (

    select * from {{ ref('nhs_ascof_denominators') }}

),

printed as (

    select
        item_id,
        printed_code,
        period as edition,
        period as sub_period,
        denominator_raw as value_raw
    from source

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_ascof_denominators', 'true') }}

)

select * from final
