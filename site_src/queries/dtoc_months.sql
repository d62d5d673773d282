-- One row per area (England too) and month: what charts 1, 2, 3, 4, 8 and 10 of the pack draw.
select
    area_code as gss_code,
    month,
    delayed_days,
    twelve_month_mean_days,
    movement_days,
    delayed_beds_per_day_per_100k_adults as rate,
    twelve_month_mean_per_100k_adults as mean_rate,
    delayed_days_nhs as days_nhs,
    delayed_days_social_care as days_social_care,
    delayed_days_both as days_both,
    expected_delayed_beds_per_day_per_100k_adults as expected_rate,
    answer,
    emergency_admissions,
    admissions_direction,
    no_correlation_reason,
    missing_reason
from marts.fct_delayed_transfers_area_month
order by area_code, month
