with

final as (

    {{ council_productivity.module_top_ten('adult_social_care') }}

)

select * from final
