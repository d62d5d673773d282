with

final as (

    {{ council_productivity.module_productivity(
        'childrens_services', 'child', 'children', ['referral', 'protection', 'care', 'leaving_care', 'youth_justice']
    ) }}

)

select * from final
