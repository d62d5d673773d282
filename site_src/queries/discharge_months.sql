-- One row per council and month: discharges on and after the day the patient was ready, with England beside. No row of
-- delayed transfers stands beside: the two do not compare.
select
    gss_code,
    month,
    discharges,
    100 * share_of_expected as share_of_expected_pct,
    discharged_on_ready_date,
    bed_days_after_ready_date,
    on_ready_date_pct,
    days_per_delayed_discharge,
    england_on_ready_date_pct,
    england_days_per_delayed_discharge,
    missing_reason
from marts.fct_delayed_discharge_month
inner join councils using (gss_code)
order by month, councils.council_name, gss_code
