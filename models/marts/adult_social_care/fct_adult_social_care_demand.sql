with

final as (

    {{ council_productivity.module_context_figures('adult_social_care') }}

)

select * from final
