-- One row per council and month: discharges on and after the day the patient was ready, with England beside. No row of
-- delayed transfers stands beside: the two do not compare.
select
    months.gss_code,
    months.month,
    months.discharges,
    100 * months.share_of_expected as share_of_expected_pct,
    months.discharged_on_ready_date,
    months.bed_days_after_ready_date,
    months.on_ready_date_pct,
    months.days_per_delayed_discharge,
    months.england_on_ready_date_pct,
    months.england_days_per_delayed_discharge,
    months.missing_reason
from marts.fct_delayed_discharge_month as months
inner join councils using (gss_code)
order by months.month, councils.council_name, months.gss_code
