with

source as (

    select * from {{ ref('nhs_ascof_by_age') }}

),

printed as (

    select
        item_id || case age_group when '65+' then '_65_plus' when '18-64' then '_18_64' end as item_id,
        printed_code,
        period as edition,
        period as sub_period,
        value_raw
    from source

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_ascof_by_age', 'false') }}

)

select * from final
