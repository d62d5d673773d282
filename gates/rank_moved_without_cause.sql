-- Rule: A council whose figures did not change moves by no more places than councils whose figures did.
-- Severity: error
-- Compares: with the last release
-- Why it matters: Such a move comes from the method or from a fault in the models, not from the data.
-- Where to look: The models and macros changed since the last release; method_changed beside this.
-- Threshold: Counted, not chosen: each council that overtakes it or falls behind it moves a rank by one.
with

inputs_before as (

    select
        lens_id,
        edition,
        gss_code,
        outcome_score as score,
        spend_gbp,
        need_population,
        not_ranked_reason
    from before.intermediate.int_lenses__productivity

),

inputs_after as (

    select
        lens_id,
        edition,
        gss_code,
        outcome_score as score,
        spend_gbp,
        need_population,
        not_ranked_reason
    from after.intermediate.int_lenses__productivity

),

values_changed as (

    -- The figures themselves, not the scores made of them: those may move with the method alone.
    select distinct
        registered.lens_id,
        revisions.edition,
        revisions.gss_code
    from revisions
    inner join after.seeds.measures as registered on registered.measure_id = revisions.series_id
    where revisions.kind = 'measure'
    union
    select
        series_id as lens_id,
        edition,
        gss_code
    from revisions
    where kind = 'spend'

),

standing_changed as (

    select
        old.lens_id,
        old.edition,
        old.gss_code
    from inputs_before as old
    full join inputs_after as new using (lens_id, edition, gss_code)
    where (old.not_ranked_reason is null) is distinct from (new.not_ranked_reason is null)
    union
    select
        lens_id,
        edition,
        gss_code
    from values_changed

),

moves as (

    select
        lens_id,
        edition,
        gss_code,
        old.productivity_rank as released_rank,
        new.productivity_rank as rank_now
    from before.intermediate.int_ranks__published as old
    inner join after.intermediate.int_ranks__published as new using (edition, lens_id, gss_code)
    where
        old.productivity_rank <> new.productivity_rank
        and old.lens_id <> 'overall'

),

counted as (

    select
        lens_id,
        edition,
        count(*) as councils_changed
    from standing_changed
    group by lens_id, edition

)

select
    moves.lens_id || ' ' || moves.edition || ' ' || moves.gss_code as subject,
    moves.released_rank,
    moves.rank_now,
    coalesce(counted.councils_changed, 0) as councils_changed
from moves
left join counted using (lens_id, edition)
anti join standing_changed using (lens_id, edition, gss_code)
where abs(moves.rank_now - moves.released_rank) > coalesce(counted.councils_changed, 0)
order by all
