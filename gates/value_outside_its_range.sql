-- Rule: A value lies within the range that its series has ever had, or outside it by less than a tenth of that
-- range.
-- Severity: warn
-- Compares: with the last release; without one, with the other editions
-- Why it matters: A record may be true; somebody should have looked before it is published.
-- Where to look: The figure in its seed and the publication's page.
-- Threshold: In the editions held, a new edition brings about two such records in all.
select
    series.series_id || ' ' || series.edition || ' ' || series.gss_code as subject,
    series.kind,
    series.value,
    seen.lowest_seen,
    seen.highest_seen,
    seen.editions_seen
from series_after as series
inner join seen using (kind, series_id, edition)
where
    series.kind in ('measure', 'spend', 'outcome', 'productivity')
    and outside(series.value, seen.lowest_seen, seen.highest_seen) > 0.1
    and outside(
        scaled(series.value, seen.typical_value),
        scaled(seen.lowest_seen, seen.typical_value),
        scaled(seen.highest_seen, seen.typical_value)
    ) > 0.1
order by all
