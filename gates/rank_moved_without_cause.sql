-- Rule: Under one version of the method a council whose figures did not change moves by no more places than councils
-- whose figures did.
-- Severity: error
-- Compares: with the last release
-- Why it matters: Such a move comes from the method or from a fault in the models, not from the data.
-- Where to look: The models and macros changed since the last release; method_changed beside this.
-- Threshold: Counted, not chosen: each council that overtakes it or falls behind it moves a rank by one.
with

inputs_before as (

    select
        ranking_id,
        edition,
        gss_code,
        outcome_score as score,
        spend_gbp,
        need_population,
        not_ranked_reason
    from before.intermediate.int_rankings__productivity

),

inputs_after as (

    select
        ranking_id,
        edition,
        gss_code,
        outcome_score as score,
        spend_gbp,
        need_population,
        not_ranked_reason
    from after.intermediate.int_rankings__productivity

),

values_changed as (

    -- The figures themselves, not the scores made of them: those may move with the method alone.
    select distinct
        uses.ranking_id,
        revisions.edition,
        revisions.gss_code
    from revisions
    inner join after.seeds.ranking_measures as uses on uses.measure_id = revisions.series_id
    where
        revisions.kind = 'measure'
        and uses.status = 'active'
    union
    select
        series_id as ranking_id,
        edition,
        gss_code
    from revisions
    where kind = 'spend'

),

standing_changed as (

    select
        old.ranking_id,
        old.edition,
        old.gss_code
    from inputs_before as old
    full join inputs_after as new using (ranking_id, edition, gss_code)
    where (old.not_ranked_reason is null) is distinct from (new.not_ranked_reason is null)
    union
    select
        ranking_id,
        edition,
        gss_code
    from values_changed

),

moves as (

    select
        ranking_id,
        edition,
        gss_code,
        old.productivity_rank as released_rank,
        new.productivity_rank as rank_now
    from before.intermediate.int_rankings__published as old
    inner join after.intermediate.int_rankings__published as new using (edition, ranking_id, gss_code)
    where
        old.productivity_rank <> new.productivity_rank
        and old.ranking_id <> 'overall'

),

counted as (

    select
        ranking_id,
        edition,
        count(*) as councils_changed
    from standing_changed
    group by ranking_id, edition

)

select
    moves.ranking_id || ' ' || moves.edition || ' ' || moves.gss_code as subject,
    moves.released_rank,
    moves.rank_now,
    coalesce(counted.councils_changed, 0) as councils_changed
from moves
left join counted using (ranking_id, edition)
anti join standing_changed using (ranking_id, edition, gss_code)
where
    abs(moves.rank_now - moves.released_rank) > coalesce(counted.councils_changed, 0)
    -- Under another method ranks move by it: the notes have each with its cause (method_changed).
    and exists (
        select 1
        from choices_before
        inner join choices_after using (subject, part_of, column_name, found)
        where column_name = 'method_version'
    )
order by all
