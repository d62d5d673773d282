with

final as (

    {{ council_productivity.module_change('childrens_services') }}

)

select * from final
