-- One row per area (England too) and month: what charts 1, 2, 3, 4, 8 and 10 of the pack draw.
with responsible as (
    select
        gss_code,
        month,
        max(delayed_days) filter (where responsible = 'nhs') as days_nhs,
        max(delayed_days) filter (where responsible = 'social_care') as days_social_care,
        max(delayed_days) filter (where responsible = 'both') as days_both
    from marts.rpt_delayed_transfers_chart_04_responsibility
    group by gss_code, month
),

expected as (
    select
        gss_code,
        month,
        expected_delayed_beds_per_day_per_100k_adults,
        answer
    from marts.rpt_delayed_transfers_chart_08_expectations
    where responsible = 'total'
)

select
    delays.gss_code,
    delays.month,
    delays.delayed_days,
    delays.twelve_month_mean_days,
    movement.movement_days,
    trend.delayed_beds_per_day_per_100k_adults as rate,
    trend.twelve_month_mean_per_100k_adults as mean_rate,
    responsible.days_nhs,
    responsible.days_social_care,
    responsible.days_both,
    expected.expected_delayed_beds_per_day_per_100k_adults as expected_rate,
    expected.answer,
    admissions.emergency_admissions,
    admissions.admissions_direction,
    admissions.no_correlation_reason
from marts.rpt_delayed_transfers_chart_01_days as delays
left join marts.rpt_delayed_transfers_chart_02_movement as movement using (gss_code, month)
left join marts.rpt_delayed_transfers_chart_03_trend as trend using (gss_code, month)
left join responsible using (gss_code, month)
left join expected using (gss_code, month)
left join marts.rpt_delayed_transfers_chart_10_emergency_admissions as admissions using (gss_code, month)
order by delays.gss_code, delays.month
