with

final as (

    {{ council_productivity.module_measures('childrens_services') }}

)

select * from final
