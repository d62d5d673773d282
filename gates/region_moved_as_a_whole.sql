-- Rule: No region moves against England by two and a half times as much as any region of the series has moved.
-- Severity: error
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: One region's return in another unit, of another period or grossed up otherwise moves a dozen councils
-- together, and each of them plausibly.
-- Where to look: The region's rows in the publication, and its notes on late or estimated returns.
-- Threshold: The region's middle and mean change, on a scale of ratios and less England's middle change, are both
-- beyond two and a half times the largest seen, after three steps seen; twice that after a year that is missing. Taking
-- each edition held as the new one, the furthest in what an index counts was 2.2 times (temporary accommodation in the
-- North East, 2019-20).
select
    series_id || ' ' || edition || ' ' || region_code as subject,
    kind,
    prior_edition,
    councils,
    round(middle_move, 3) as middle_move,
    round(largest_middle_move_seen, 3) as largest_middle_move_seen,
    round(mean_move, 3) as mean_move,
    round(largest_mean_move_seen, 3) as largest_mean_move_seen,
    steps_seen
from region_limits
where
    kind in ('measure', 'spend', 'population')
    and steps_seen >= 3
    and abs(middle_move) > 2.5 * years_apart * largest_middle_move_seen
    and abs(mean_move) > 2.5 * years_apart * largest_mean_move_seen
order by all
