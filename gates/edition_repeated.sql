-- Rule: An edition's figures are not those of the edition before.
-- Severity: error
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: Last year's column read again looks perfectly plausible and says that nothing changed.
-- Where to look: The edition's column in the publication, and how the seed's writer names its periods.
-- Threshold: Half-way between the largest share of unchanged figures that the series has shown and all of them, at
-- least a half. Rounded percentages repeat for up to 0.29 of the councils, carers' support of 100 % for 0.69.
-- Populations of two editions with the same population year are the same on purpose, and areas stay as they are.
select
    steps.series_id || ' ' || steps.edition as subject,
    steps.kind,
    steps.prior_edition,
    steps.councils,
    round(steps.repeated_share, 2) as repeated_share,
    round(seen.largest_repeated_share_seen, 2) as largest_repeated_share_seen
from steps_after as steps
inner join after.marts.dim_edition as editions using (edition)
inner join after.marts.dim_edition as prior_editions on prior_editions.edition = steps.prior_edition
left join seen using (kind, series_id, edition)
where
    steps.repeated_share > greatest(0.5, (1 + coalesce(seen.largest_repeated_share_seen, 0.7)) / 2)
    and steps.series_id not like '%: area_sq_km'
    and (
        steps.kind not in ('population', 'figure')
        or editions.population_year is distinct from prior_editions.population_year
    )
order by all
