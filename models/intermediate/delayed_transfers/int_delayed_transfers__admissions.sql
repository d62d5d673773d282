-- One row per area and month: emergency admissions and attendances that a user has filled in, how admissions moved
-- within twelve months, and how closely they went with delayed days over the last twenty-four.
with

monthly as (

    select
        gss_code,
        month,
        month_number,
        days_total
    from {{ ref('int_delayed_transfers__monthly') }}

),

joined as (

    select
        monthly.*,
        admissions.emergency_admissions,
        admissions.emergency_attendances
    from monthly
    left join {{ ref('stg_register__own_emergency_admissions') }} as admissions
        on
            admissions.gss_code = monthly.gss_code
            and admissions.month = monthly.month

),

correlated as (

    select
        now.gss_code,
        now.month,
        count(case when earlier.days_total is not null then earlier.emergency_admissions end) as months_held,
        {{ council_productivity.correlation('earlier.days_total', 'earlier.emergency_admissions') }} as correlation
    from joined as now
    inner join joined as earlier
        on
            earlier.gss_code = now.gss_code
            and earlier.month_number between now.month_number - 23 and now.month_number
    where now.emergency_admissions is not null
    group by now.gss_code, now.month

),

final as (

    select
        now.gss_code,
        now.month,
        now.emergency_admissions,
        now.emergency_attendances,
        case when correlated.months_held >= 12 then correlated.correlation end as admissions_correlation,
        case
            when now.emergency_admissions is null then 'no admissions held'
            when earlier.emergency_admissions is null then 'no admissions held a year before'
            when now.emergency_admissions < earlier.emergency_admissions then 'improving'
            when now.emergency_admissions > earlier.emergency_admissions then 'worsening'
            else 'unchanged'
        end as admissions_direction,
        case
            when now.emergency_admissions is null then 'no admissions held'
            when correlated.months_held < 12 then 'fewer than twelve months held'
            when correlated.correlation is null then 'one of the two does not vary'
        end as no_correlation_reason
    from joined as now
    left join joined as earlier
        on
            earlier.gss_code = now.gss_code
            and earlier.month_number = now.month_number - 12
    left join correlated
        on
            correlated.gss_code = now.gss_code
            and correlated.month = now.month

)

select * from final
