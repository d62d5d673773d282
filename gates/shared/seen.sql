-- One row per series and edition to be judged: what the series has shown elsewhere. With a last release that is
-- every edition of it, figures that passed and were published; without one, the other editions of the same build.
-- Steps are compared with steps of which neither end is the edition judged, so that a fault never excuses itself.
with

judged as (

    select distinct
        kind,
        series_id,
        edition
    from series_after

),

released as (

    select distinct
        kind,
        series_id
    from series_before

),

levels as (

    select
        kind,
        series_id,
        edition,
        value,
        true as is_released
    from series_before
    union all
    select
        series.kind,
        series.series_id,
        series.edition,
        series.value,
        false as is_released
    from series_after as series
    anti join released using (kind, series_id)

),

level_sizes as (

    select
        kind,
        series_id,
        is_released,
        median(abs(value)) as typical_value
    from levels
    group by kind, series_id, is_released

),

level_bounds as (

    select
        kind,
        series_id,
        edition,
        is_released,
        min(value) as lowest,
        max(value) as highest,
        count(*) as councils
    from levels
    group by kind, series_id, edition, is_released

),

seen_levels as (

    select
        judged.kind,
        judged.series_id,
        judged.edition,
        any_value(level_sizes.typical_value) as typical_value,
        count(distinct bounds.edition) as editions_seen,
        min(bounds.lowest) as lowest_seen,
        max(bounds.highest) as highest_seen
    from judged
    inner join level_bounds as bounds
        on
            bounds.kind = judged.kind
            and bounds.series_id = judged.series_id
            and (bounds.is_released or bounds.edition <> judged.edition)
    inner join level_sizes
        on
            level_sizes.kind = judged.kind
            and level_sizes.series_id = judged.series_id
            and level_sizes.is_released = bounds.is_released
    group by judged.kind, judged.series_id, judged.edition

),

steps as (

    select
        *,
        true as is_released
    from steps_before
    union all
    select
        steps.*,
        false as is_released
    from steps_after as steps
    anti join released using (kind, series_id)

),

seen_steps as (

    select
        judged.kind,
        judged.series_id,
        judged.edition,
        count(*) as steps_seen,
        max(steps.largest_change) as largest_change_seen,
        max(steps.largest_scaled_change) as largest_scaled_change_seen,
        max(steps.largest_root_change) as largest_root_change_seen,
        max(steps.repeated_share) as largest_repeated_share_seen,
        max(steps.near_share) as largest_near_share_seen,
        min(steps.correlation) as smallest_correlation_seen,
        max(steps.correlation) as largest_correlation_seen
    from judged
    inner join steps
        on
            steps.kind = judged.kind
            and steps.series_id = judged.series_id
            and (
                steps.is_released
                or (steps.edition <> judged.edition and steps.prior_edition <> judged.edition)
            )
    group by judged.kind, judged.series_id, judged.edition

)

select *
from seen_levels
left join seen_steps using (kind, series_id, edition)
