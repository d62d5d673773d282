-- Rule: A council that a release ranks in an edition and lens is ranked there by the next.
-- Severity: error
-- Compares: with the last release
-- Why it matters: A council that is looked for and not found is the first thing a reader notices.
-- Where to look: marts.fct_lens_productivity.not_ranked_reason, then the council's rows in the seeds.
select
    old.lens_id || ' ' || old.edition || ' ' || old.gss_code as subject,
    old.productivity_rank as released_rank,
    productivity.not_ranked_reason
from before.marts.fct_ranking as old
anti join after.marts.fct_ranking as new using (edition, lens_id, gss_code)
left join after.marts.fct_lens_productivity as productivity using (edition, lens_id, gss_code)
order by all
