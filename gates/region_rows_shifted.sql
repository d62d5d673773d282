-- Rule: A region's figures are nearer to their own of the edition before than to those of the row above or below.
-- Severity: error
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: Rows shifted by one against their codes leave England's total, mean and spread as they were, and give
-- every council of the region its neighbour's place.
-- Where to look: The region's rows in the seed and in the publication: codes, blank rows, the sort order.
-- Threshold: The logarithm of how far the figures are from their own over how far from those of the other row is above
-- 0.4, and above the largest that the series has shown in any region by 0.6, after two steps seen. Taking each edition
-- held as the new one, no region of what an index counts is beyond both; shifted by a row, half of the regions of
-- measures would be, and seven in ten of spend. Measures that hardly correlate with themselves cannot be told.
select
    series_id || ' ' || edition || ' ' || region_code as subject,
    kind,
    prior_edition,
    councils,
    round(nearness_to_another_row, 2) as nearness_to_another_row,
    round(largest_nearness_seen, 2) as largest_nearness_seen,
    steps_seen
from region_limits
where
    kind in ('measure', 'spend', 'population')
    and steps_seen >= 2
    and nearness_to_another_row > greatest(0.4, largest_nearness_seen + 0.6)
order by all
