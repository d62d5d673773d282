-- Rule: An edition's figures differ from those of the edition before by about as much as they ever have.
-- Severity: error
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: Last year's column with a little noise, or rounded otherwise, is no new edition, and none of its
-- figures is the same.
-- Where to look: The edition's column in the publication, and the notes on how it was estimated.
-- Threshold: The share of councils that moved by under 1 % (populations: 0.2 %) is beyond half-way between the largest
-- that the series has shown and all of them, and at least a half; or the correlation is above the highest shown by ten
-- standard errors (Fisher's z), of what no index counts by eighteen. Taking each edition held as the new one, no share
-- is beyond, and the furthest correlation is 6.6 standard errors above, 15.2 in a line of spend; last year's figures
-- with noise of 1 % are at least 16 above, 28 in nine measures of ten. Populations are judged by the share alone, and
-- not where two editions have the same population year; areas stay as they are.
select
    steps.series_id || ' ' || steps.edition as subject,
    steps.kind,
    steps.prior_edition,
    steps.councils,
    round(steps.near_share, 2) as near_share,
    round(seen.largest_near_share_seen, 2) as largest_near_share_seen,
    round(steps.correlation, 4) as correlation,
    round(seen.largest_correlation_seen, 4) as largest_correlation_seen
from steps_after as steps
inner join after.marts.dim_edition as editions using (edition)
inner join after.marts.dim_edition as prior_editions on prior_editions.edition = steps.prior_edition
inner join seen using (kind, series_id, edition)
where
    seen.steps_seen >= 1
    and steps.series_id not like '%: area_sq_km'
    and (steps.kind <> 'population' or editions.population_year is distinct from prior_editions.population_year)
    and (
        steps.near_share > greatest(0.5, (1 + seen.largest_near_share_seen) / 2)
        or (
            seen.steps_seen >= 2
            and steps.kind <> 'population'
            and (
                atanh(least(steps.correlation, 0.99999)) - atanh(least(seen.largest_correlation_seen, 0.99999))
            ) * sqrt(steps.councils - 3) > case when steps.kind in ('figure', 'spend_line') then 18 else 10 end
        )
    )
order by all
