-- One row per published scenario that changes what the page lets a reader change.
select
    scenario_id,
    scenario_name,
    question,
    lens_weights,
    lens_spread,
    outcome_mean,
    spend
from marts.dim_scenario
where
    scenario_kind = 'switchboard'
    and normalisation = 'goalposts'
order by scenario_order
