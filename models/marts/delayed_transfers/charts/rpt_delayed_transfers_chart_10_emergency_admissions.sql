with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.area_name,
        monthly.days_total as delayed_days,
        admissions.emergency_admissions,
        admissions.emergency_attendances,
        admissions.admissions_direction,
        admissions.admissions_correlation,
        admissions.no_correlation_reason
    from monthly
    inner join {{ ref('int_delayed_transfers__admissions') }} as admissions
        on
            admissions.gss_code = monthly.gss_code
            and admissions.month = monthly.month

)

select * from final
