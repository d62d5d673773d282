-- One row per council: its rate in the last month held, and who falls fastest.
with last_month as (
    select max(month) as month from marts.rpt_delayed_transfers_chart_06_areas_compared
)

select
    compared.gss_code,
    compared.month,
    compared.delayed_beds_per_day_per_100k_adults as rate,
    compared.rate_rank,
    compared.ranked_councils,
    compared.rate_quartile,
    improvers.twelve_month_movement_per_100k_adults as movement,
    improvers.improvement_rank,
    improvers.councils_compared
from marts.rpt_delayed_transfers_chart_06_areas_compared as compared
inner join last_month using (month)
left join marts.rpt_delayed_transfers_chart_09_fastest_improvers as improvers using (gss_code, month)
order by compared.rate_rank nulls last, compared.gss_code
