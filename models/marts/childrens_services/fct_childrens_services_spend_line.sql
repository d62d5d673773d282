with

final as (

    {{ council_productivity.module_context_figures('childrens_services') }}

)

select * from final
