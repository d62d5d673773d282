-- Rule: A measure holds values in every edition in which its register row says that it counts.
-- Severity: error
-- Compares: with nothing
-- Why it matters: The register promises a measure that the lens is scored without.
-- Where to look: first_scored_edition and last_edition in seeds/register/measures.csv, measure_gaps.csv, and the
-- seed.
select
    calculated.measure_id || ' ' || calculated.edition as subject,
    count(*) as councils,
    count(calculated.measure_value) as councils_held,
    max(calculated.missing_reason) as missing_reason
from after.intermediate.int_measures__calculated as calculated
inner join after.intermediate.int_calendar__live_councils as live using (edition, gss_code)
where
    calculated.is_active
    and live.is_rankable
group by calculated.measure_id, calculated.edition
having count(calculated.measure_value) = 0
order by all
