-- One row per series, edition and region judged: what its figures did, and the most that any region of the series has
-- done elsewhere, as `seen` takes it: in the last release, or in steps of this one that do not touch the edition.
with

released as (

    select distinct
        kind,
        series_id
    from regions_before

),

usual as (

    select
        *,
        true as is_released
    from regions_before
    union all
    select
        regions.*,
        false as is_released
    from regions_after as regions
    anti join released using (kind, series_id)

),

limits as (

    select
        judged.kind,
        judged.series_id,
        judged.edition,
        count(distinct usual.edition) as steps_seen,
        max(abs(usual.middle_move)) as largest_middle_move_seen,
        max(abs(usual.mean_move)) as largest_mean_move_seen,
        max(usual.nearness_to_another_row) as largest_nearness_seen
    from (
        select distinct
            kind,
            series_id,
            edition
        from regions_after
    ) as judged
    inner join usual
        on
            usual.kind = judged.kind
            and usual.series_id = judged.series_id
            and (usual.is_released or (usual.edition <> judged.edition and usual.prior_edition <> judged.edition))
    group by judged.kind, judged.series_id, judged.edition

)

select
    kind,
    series_id,
    edition,
    regions.prior_edition,
    regions.region_code,
    regions.councils,
    regions.middle_move,
    regions.mean_move,
    regions.nearness_to_another_row,
    -- Over two years a region may move twice as far as in one.
    left(regions.edition, 4)::integer - left(regions.prior_edition, 4)::integer as years_apart,
    limits.steps_seen,
    limits.largest_middle_move_seen,
    limits.largest_mean_move_seen,
    limits.largest_nearness_seen
from regions_after as regions
inner join limits using (kind, series_id, edition)
