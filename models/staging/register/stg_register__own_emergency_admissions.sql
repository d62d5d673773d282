with

register as (

    select * from {{ ref('emergency_admissions') }}

),

final as (

    select
        gss_code,
        month,
        {{ council_productivity.to_number('emergency_admissions') }} as emergency_admissions,
        {{ council_productivity.to_number('emergency_attendances') }} as emergency_attendances,
        source
    from register

)

select * from final
