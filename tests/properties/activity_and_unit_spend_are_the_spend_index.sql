-- Properties: activity per child and spend per unit of activity multiply to the published spend index, to 1e-9; spend
-- per unit of activity is spend over activity on one scale for all councils of an edition; and a council has both parts
-- or a reason, never neither.
with

parts as (

    select * from {{ ref('int_spend__activity') }}

),

scaled as (

    select
        *,
        spend_gbp / nullif(activity_gbp, 0) / spend_per_activity_index as england_spend_per_activity
    from parts

),

held_together as (

    select
        *,
        max(england_spend_per_activity) over (partition by ranking_id, edition) as highest_scale
    from scaled

)

select
    ranking_id,
    edition,
    gss_code,
    spend_index,
    activity_per_child_index,
    spend_per_activity_index,
    no_split_reason,
    case
        when abs(activity_per_child_index * spend_per_activity_index - spend_index) > 1e-9
            then 'the two parts multiply to the spend index'
        when abs(ln_activity_per_child + ln_spend_per_activity - ln(spend_index)) > 1e-9
            then 'their logarithms add up to that of the spend index'
        when abs(england_spend_per_activity / highest_scale - 1) > 1e-9
            then 'spend per unit of activity is spend over activity, on one scale for the edition'
        else 'a council has both parts, or a reason'
    end as rule
from held_together
where
    abs(activity_per_child_index * spend_per_activity_index - spend_index) > 1e-9
    or abs(ln_activity_per_child + ln_spend_per_activity - ln(case when spend_index > 0 then spend_index end)) > 1e-9
    or abs(england_spend_per_activity / highest_scale - 1) > 1e-9
    or (spend_per_activity_index is null) = (no_split_reason is null)
