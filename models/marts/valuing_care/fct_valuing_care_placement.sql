with

final as (

    {{ council_productivity.module_context_figures('valuing_care') }}

)

select * from final
