with

final as (

    {{ council_productivity.module_top_ten('valuing_care') }}

)

select * from final
