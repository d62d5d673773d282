-- One row per edition, council and set of measures judged: how its measures moved together, and the most that any
-- council's have elsewhere: in the last release, or in steps of this one that do not touch the edition.
with

usual as (

    select
        *,
        true as is_released
    from together_before
    union all
    select
        *,
        false as is_released
    from together_after
    where not exists (select 1 from together_before)

),

limits as (

    select
        judged.measures_of,
        judged.edition,
        count(distinct usual.edition) as editions_seen,
        max(abs(usual.together)) as largest_seen
    from (
        select distinct
            measures_of,
            edition
        from together_after
    ) as judged
    inner join usual
        on
            usual.measures_of = judged.measures_of
            and (usual.is_released or (usual.edition <> judged.edition and usual.prior_edition <> judged.edition))
    group by judged.measures_of, judged.edition

)

select
    together.measures_of,
    together.edition,
    together.gss_code,
    together.measures_moved,
    together.measures_improved,
    together.together,
    limits.largest_seen,
    limits.editions_seen
from together_after as together
inner join limits using (measures_of, edition)
