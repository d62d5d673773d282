with

final as (

    {{ council_productivity.module_measures('adult_social_care') }}

)

select * from final
