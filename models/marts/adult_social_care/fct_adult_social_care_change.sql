with

final as (

    {{ council_productivity.module_change('adult_social_care') }}

)

select * from final
