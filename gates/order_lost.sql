-- Rule: The councils of an edition stand in an order that has something to do with that of the edition before.
-- Severity: error
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: Rows shifted against their codes, a column of another measure or values turned upside down look
-- plausible one by one.
-- Where to look: The seed against the publication: codes, the sort order, the column.
-- Threshold: A correlation with the edition before that is below 0.1 and below the lowest that the series has shown
-- by three standard errors (Fisher's z). The lowest in the figures held that is no matter of noise is 0.12, in the
-- pandemic.
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
    steps.correlation < 0.1
    and seen.smallest_correlation_seen is not null
    and (
        atanh(least(seen.smallest_correlation_seen, 0.9999)) - atanh(greatest(steps.correlation, -0.9999))
    ) * sqrt(steps.councils - 3) > 3
order by all
