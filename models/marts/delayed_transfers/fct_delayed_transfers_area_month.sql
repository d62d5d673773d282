with

final as (

    select
        monthly.gss_code as area_code,
        monthly.month,
        cast(monthly.month || '-01' as date) as month_start,
        monthly.area_kind,
        monthly.area_name,
        monthly.days_total as delayed_days,
        {% for item in ['nhs', 'social_care', 'both'] + council_productivity.delayed_transfer_reasons() %}
            monthly.days_{{ item }} as delayed_days_{{ item }},
        {% endfor %}
        monthly.days_total_mean as twelve_month_mean_days,
        monthly.days_total_year_before as delayed_days_year_before,
        monthly.days_total - monthly.days_total_year_before as movement_days,
        {{ council_productivity.direction('(monthly.days_total - monthly.days_total_year_before)') }} as direction,
        monthly.rate_total as delayed_beds_per_day_per_100k_adults,
        {% for item in ['nhs', 'social_care', 'both'] %}
            monthly.rate_{{ item }} as delayed_beds_per_day_per_100k_adults_{{ item }},
        {% endfor %}
        monthly.rate_total_mean as twelve_month_mean_per_100k_adults,
        monthly.rate_total_trend as twelve_month_trend_per_100k_adults,
        expectations.expected_rate as expected_delayed_beds_per_day_per_100k_adults,
        expectations.answer,
        admissions.emergency_admissions,
        admissions.admissions_direction,
        admissions.no_correlation_reason,
        monthly.rate_missing_reason as missing_reason
    from {{ ref('int_delayed_transfers__monthly') }} as monthly
    inner join {{ ref('int_delayed_transfers__expectations') }} as expectations
        on
            expectations.gss_code = monthly.gss_code
            and expectations.month = monthly.month
            and expectations.responsible = 'total'
    inner join {{ ref('int_delayed_transfers__admissions') }} as admissions
        on
            admissions.gss_code = monthly.gss_code
            and admissions.month = monthly.month

)

select * from final
