-- Rule: The councils of an edition stand in much the same order as in the edition before.
-- Severity: warn
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: A change of definition or of who reports shows here first.
-- Where to look: The publication's notes on quality and on changes of definition.
-- Threshold: A correlation below the lowest that the series has shown by five standard errors (Fisher's z).
select
    steps.series_id || ' ' || steps.edition as subject,
    steps.kind,
    steps.prior_edition,
    steps.councils,
    round(steps.correlation, 3) as correlation,
    round(seen.smallest_correlation_seen, 3) as smallest_correlation_seen
from steps_after as steps
inner join seen using (kind, series_id, edition)
where
    seen.steps_seen >= 2
    and seen.smallest_correlation_seen is not null
    and steps.correlation is not null
    and steps.kind <> 'population'
    and (
        atanh(least(seen.smallest_correlation_seen, 0.9999))
        - atanh(least(greatest(steps.correlation, -0.9999), 0.9999))
    ) * sqrt(steps.councils - 3) > 5
order by all
