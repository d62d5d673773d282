-- One row per month: how the rates of the councils that may be ranked lie, beside England's.
select
    councils.month,
    quantile_cont(councils.delayed_beds_per_day_per_100k_adults, 0.05) as rate_p05,
    quantile_cont(councils.delayed_beds_per_day_per_100k_adults, 0.25) as rate_p25,
    median(councils.delayed_beds_per_day_per_100k_adults) as rate_median,
    quantile_cont(councils.delayed_beds_per_day_per_100k_adults, 0.75) as rate_p75,
    quantile_cont(councils.delayed_beds_per_day_per_100k_adults, 0.95) as rate_p95,
    any_value(england.delayed_beds_per_day_per_100k_adults) as england_rate,
    count(councils.delayed_beds_per_day_per_100k_adults) as councils_held
from marts.fct_delayed_transfers_area_month as councils
inner join marts.dim_council as register on councils.area_code = register.gss_code
inner join marts.fct_delayed_transfers_area_month as england on councils.month = england.month
where
    register.is_rankable
    and england.area_kind = 'country'
    and councils.delayed_beds_per_day_per_100k_adults is not null
group by councils.month
order by councils.month
