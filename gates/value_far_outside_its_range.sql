-- Rule: A value lies within the range that its series has ever had, or outside it by less than three quarters of
-- that range.
-- Severity: error
-- Compares: with the last release; without one, with the other editions
-- Why it matters: A value far outside is a slip of the pen or of the unit, and scores its council best or worst of
-- all.
-- Where to look: The figure in its seed, the publication's page, and seeds/register/suspect_values.csv to set it
-- aside.
-- Threshold: Both as values and on a scale of ratios. Taking each edition held as the new one, the furthest outside
-- after at least three editions was 0.63 of the range (care leavers housed, 2023-24, one county).
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
    and seen.editions_seen >= 3
    and outside(series.value, seen.lowest_seen, seen.highest_seen) > 0.75
    and outside(
        scaled(series.value, seen.typical_value),
        scaled(seen.lowest_seen, seen.typical_value),
        scaled(seen.highest_seen, seen.typical_value)
    ) > 0.75
order by all
