-- One row per council: its rate in the last month held, and who falls fastest.
with last_month as (
    select max(month) as month
    from marts.fct_delayed_transfers_month
    where rate_rank is not null
)

select
    months.gss_code,
    months.month,
    months.delayed_beds_per_day_per_100k_adults as rate,
    months.rate_rank,
    months.ranked_councils,
    months.rate_quartile,
    case when months.improvement_rank is not null then months.twelve_month_movement_per_100k_adults end as movement,
    months.improvement_rank,
    case when months.improvement_rank is not null then months.councils_compared end as councils_compared
from marts.fct_delayed_transfers_month as months
inner join last_month on months.month = last_month.month
where months.rate_rank is not null
order by months.rate_rank, months.gss_code
