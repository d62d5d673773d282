-- Rule: The middle and the sum of a series stay nearer to what they were than to ten times or a tenth of it.
-- Severity: error
-- Compares: with the same edition of the last release, and with the edition held before
-- Why it matters: Pounds for thousands, a fraction for a percentage or a rate per 1,000 for one per 100,000 turns
-- every score.
-- Where to look: The unit in the head of the publication's table, the seed, and multiplier and pounds_per_unit in
-- seeds/register.
-- Threshold: A ratio beyond the square root of ten, half-way to ten on a scale of ratios, for the median and the sum
-- over the councils held in both. The largest in the figures held is 2.5 (climate change budgets in 2021-22, absence
-- in the pandemic).
with

ratios as (

    select
        kind,
        series_id,
        edition,
        prior_edition,
        'edition before' as compared_with,
        median_ratio,
        total_ratio
    from steps_after
    union all
    select
        new.kind,
        new.series_id,
        new.edition,
        new.edition as prior_edition,
        'last release' as compared_with,
        median(abs(new.value)) / nullif(median(abs(old.value)), 0) as median_ratio,
        sum(abs(new.value)) / nullif(sum(abs(old.value)), 0) as total_ratio
    from series_after as new
    inner join series_before as old using (kind, series_id, edition, gss_code)
    group by new.kind, new.series_id, new.edition
    having count(*) >= 20

)

select
    series_id || ' ' || edition as subject,
    kind,
    compared_with,
    prior_edition,
    median_ratio,
    total_ratio
from ratios
where
    least(
        abs(log10(nullif(total_ratio, 0))),
        coalesce(abs(log10(nullif(median_ratio, 0))), 1)
    ) >= 0.5
order by all
