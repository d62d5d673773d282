-- Rule: A council that a release ranks in an edition and ranking is ranked there by the next.
-- Severity: error
-- Compares: with the last release
-- Why it matters: A council that is looked for and not found is the first thing a reader notices.
-- Where to look: marts.fct_ranking.not_ranked_reason, then the council's rows in the seeds.
select
    old.ranking_id || ' ' || old.edition || ' ' || old.gss_code as subject,
    old.productivity_rank as released_rank,
    new.not_ranked_reason
from before.intermediate.int_rankings__published as old
left join after.marts.fct_ranking as new using (edition, ranking_id, gss_code)
where new.productivity_rank is null
order by all
