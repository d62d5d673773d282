with

source as (

    select * from {{ ref('nhs_ascof_margins') }}

),

printed as (

    -- England's own row serves nobody here.
    select
        item_id,
        printed_code,
        period as edition,
        period as sub_period,
        margin_raw as value_raw
    from source
    where printed_code <> 'E92000001'

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_ascof_margins', 'false') }}

)

select * from final
