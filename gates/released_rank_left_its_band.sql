-- Rule: Under one version of the method a rank that was released stays within the band that was released with it.
-- Severity: error
-- Compares: with the last release
-- Why it matters: The release said that the council most likely stands within its band; a correction beyond it has
-- to be explained by a person.
-- Where to look: The council's figures under released_figure_revised, then the measure or budget in the seed. If the
-- correction is the publisher's, accept it in gates/accepted.csv with the reason.
-- Threshold: The 90 % band of the last release, widened to hold the rank that was released.
with

standings as (

    select
        edition,
        ranking_id,
        gss_code,
        productivity_rank,
        rank_p05,
        rank_p95
    from before.intermediate.int_draws__banded

)

select
    old.ranking_id || ' ' || old.edition || ' ' || old.gss_code as subject,
    old.productivity_rank as released_rank,
    old.rank_p05,
    old.rank_p95,
    new.productivity_rank as rank_now
from standings as old
inner join after.intermediate.int_rankings__published as new using (edition, ranking_id, gss_code)
where
    (
        new.productivity_rank < least(old.rank_p05, old.productivity_rank)
        or new.productivity_rank > greatest(old.rank_p95, old.productivity_rank)
    )
    -- Under another method ranks move by it: the notes have each with its cause (method_changed).
    and exists (
        select 1
        from choices_before
        inner join choices_after using (subject, part_of, column_name, found)
        where column_name = 'method_version'
    )
order by all
