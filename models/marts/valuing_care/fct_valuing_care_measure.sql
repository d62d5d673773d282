with

final as (

    {{ council_productivity.module_measures('valuing_care') }}

)

select * from final
