with

final as (

    {{ council_productivity.module_top_ten('childrens_services') }}

)

select * from final
