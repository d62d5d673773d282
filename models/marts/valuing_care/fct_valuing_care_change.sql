with

final as (

    {{ council_productivity.module_change('valuing_care') }}

)

select * from final
