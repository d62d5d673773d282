-- Rule: A measure holds values in every edition in which its register row says that it counts.
-- Severity: error
-- Compares: with nothing
-- Why it matters: The register promises a measure that the lens is scored without.
-- Where to look: first_scored_edition in seeds/register/ranking_measures.csv, last_edition in measures.csv,
-- measure_gaps.csv, and the seed.
select
    graded.ranking_id || ' ' || graded.measure_id || ' ' || graded.edition as subject,
    count(*) as councils,
    count(graded.measure_value) as councils_held,
    max(graded.missing_reason) as missing_reason
from after.intermediate.int_measures__graded as graded
inner join after.intermediate.int_calendar__live_councils as live using (edition, gss_code)
where
    graded.is_active
    and live.is_rankable
group by graded.ranking_id, graded.measure_id, graded.edition
having count(graded.measure_value) = 0
order by all
