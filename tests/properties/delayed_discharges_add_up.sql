-- Properties of the discharges by discharge ready date: with and without delay add up to all; a share of discharges
-- gives back those on the day, and days per delay give back the days; there are shares exactly where no reason is
-- given, and a reason exactly where the returns are below the register's least share; England lies between its
-- councils.
with

months as (

    select
        months.*,
        rules.least_share
    from {{ ref('fct_delayed_discharge_month') }} as months
    cross join {{ ref('stg_register__completeness_rules') }} as rules
    where rules.publication_id = 'nhs_discharge_ready_by_delay'

),

spread as (

    select
        month,
        min(on_ready_date_pct) as lowest_pct,
        max(on_ready_date_pct) as highest_pct,
        max(england_on_ready_date_pct) as england_pct,
        min(days_per_delayed_discharge) as fewest_days,
        max(days_per_delayed_discharge) as most_days,
        max(england_days_per_delayed_discharge) as england_days
    from months
    group by month

)

select
    gss_code,
    month,
    'discharges without and with delay are all discharges' as rule
from months
where abs(discharged_on_ready_date + discharged_delayed - discharges) > 1e-9
union all
select
    gss_code,
    month,
    'a share of the discharges gives back those on the day' as rule
from months
where abs(on_ready_date_pct * discharges / 100 - discharged_on_ready_date) > 1e-3
union all
select
    gss_code,
    month,
    'days per delayed discharge give back the days' as rule
from months
where abs(days_per_delayed_discharge * discharged_delayed - bed_days_after_ready_date) > 1e-3
union all
select
    gss_code,
    month,
    'there is a share exactly where no reason is given' as rule
from months
where (on_ready_date_pct is null) <> (missing_reason is not null)
union all
select
    gss_code,
    month,
    'a council counts exactly where its returns are complete enough' as rule
from months
where
    discharges > 0
    and expected_discharges is not null
    and (missing_reason is null) <> (discharges >= least_share * expected_discharges - 1e-6)
union all
select
    'E92000001' as gss_code,
    month,
    'England lies between its councils' as rule
from spread
where
    not coalesce(england_pct between lowest_pct and highest_pct, false)
    or not coalesce(england_days between fewest_days and most_days, false)
