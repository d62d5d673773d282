-- One row per council and edition: outturn of adult social care against its budget.
select
    gss_code,
    edition,
    over_budget_pct,
    england_over_budget_pct,
    editions_in_a_row_over_budget,
    grip,
    missing_reason
from marts.fct_adult_social_care_financial_grip
order by gss_code, edition
