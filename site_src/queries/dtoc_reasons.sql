-- One row per area and reason: days and share over the last twelve months held for the area.
with by_reason as (
    select
        area_code,
        month,
        replace(column_name, 'delayed_days_', '') as reason,
        days as delayed_days
    from (
        unpivot marts.fct_delayed_transfers_area_month
        on columns('delayed_days_(awaiting_.*|patient_or_family_choice|disputes|housing|other)')
        into name column_name value days
    )
),

ranked as (
    select
        *,
        dense_rank() over (partition by area_code order by month desc) as months_back
    from by_reason
),

summed as (
    select
        area_code as gss_code,
        reason,
        min(month) as first_month,
        max(month) as last_month,
        sum(delayed_days) as delayed_days
    from ranked
    where months_back <= 12
    group by area_code, reason
)

select
    *,
    100.0 * delayed_days / nullif(sum(delayed_days) over (partition by gss_code), 0) as share_pct
from summed
where delayed_days is not null
order by gss_code, delayed_days desc, reason
