with

source as (

    select * from {{ ref('nhs_ascof') }}

),

printed as (

    select
        item_id,
        printed_code,
        period as edition,
        period as sub_period,
        value_raw
    from source
    where printed_code = 'E92000001'

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_ascof', 'false') }}

)

select * from final
