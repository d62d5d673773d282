-- One row per ranking and edition that ranks councils and in which none has a companion rank: why, and the newest
-- edition that has one.
with

counted as (
    select
        edition,
        ranking_id,
        count(companion_rank) as councils,
        count(distinct no_companion_reason) filter (where productivity_rank is not null) as reasons
    from marts.fct_companion_ranking
    group by edition, ranking_id
),

reasons as (
    select
        edition,
        ranking_id,
        no_companion_reason,
        row_number() over (partition by edition, ranking_id order by count(*) desc, no_companion_reason) as place
    from marts.fct_companion_ranking
    where productivity_rank is not null
    group by edition, ranking_id, no_companion_reason
),

newest as (
    select
        ranking_id,
        max(edition) as newest_edition
    from counted
    where councils > 0
    group by ranking_id
),

lenses as (
    select
        counted.edition,
        count(*) filter (where counted.councils > 0) as lenses_with_companion
    from counted
    inner join marts.dim_ranking as rankings using (ranking_id)
    where rankings.ranking_kind = 'lens'
    group by counted.edition
)

select
    counted.edition,
    counted.ranking_id,
    reasons.no_companion_reason,
    counted.reasons,
    lenses.lenses_with_companion,
    newest.newest_edition
from counted
inner join reasons
    on counted.edition = reasons.edition and counted.ranking_id = reasons.ranking_id and reasons.place = 1
left join lenses on counted.edition = lenses.edition
left join newest on counted.ranking_id = newest.ranking_id
where counted.councils = 0
order by counted.edition, counted.ranking_id
