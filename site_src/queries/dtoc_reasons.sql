-- One row per area and reason: days and share over the last twelve months held for the area.
with ranked as (
    select
        *,
        dense_rank() over (partition by gss_code order by month desc) as months_back
    from marts.rpt_delayed_transfers_chart_05_reasons
),

summed as (
    select
        gss_code,
        reason,
        min(month) as first_month,
        max(month) as last_month,
        sum(delayed_days) as delayed_days
    from ranked
    where months_back <= 12
    group by gss_code, reason
)

select
    *,
    100.0 * delayed_days / nullif(sum(delayed_days) over (partition by gss_code), 0) as share_pct
from summed
where delayed_days is not null
order by gss_code, delayed_days desc, reason
