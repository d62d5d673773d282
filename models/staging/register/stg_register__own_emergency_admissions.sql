with

register as (

    {{ council_productivity.own_register('emergency_admissions', [
        'gss_code',
        'month',
        'emergency_admissions',
        'emergency_attendances',
        'source',
    ]) }}

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
