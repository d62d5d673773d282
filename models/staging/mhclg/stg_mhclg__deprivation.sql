with

source as (

    select * from {{ ref('mhclg_deprivation') }}

),

final as (

    select
        gss_code,
        {{ council_productivity.to_number('income_deprivation') }} as income_deprivation,
        {{ council_productivity.to_number('income_deprivation_children') }} as income_deprivation_children,
        {{ council_productivity.to_number('income_deprivation_older_people') }} as income_deprivation_older_people
    from source

)

select * from final
