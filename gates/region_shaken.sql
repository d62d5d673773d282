-- Rule: No region's figures move further against England than any region's of the series, nor come nearer to another
-- row's.
-- Severity: warn
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: Where a region stands apart, a reader will ask what happened there.
-- Where to look: The region's rows in the seed and in the publication, and its notes.
-- Threshold: The middle and the mean change are both beyond one and a half times the largest seen after three steps, or
-- the figures are nearer to another row's than any have been by 0.3, on a scale of logarithms, and by 0.4 than to
-- their own, after two. Taking each edition held as the new one, that is one to six rows an edition.
select
    series_id || ' ' || edition || ' ' || region_code as subject,
    kind,
    prior_edition,
    councils,
    round(middle_move, 3) as middle_move,
    round(largest_middle_move_seen, 3) as largest_middle_move_seen,
    round(nearness_to_another_row, 2) as nearness_to_another_row,
    round(largest_nearness_seen, 2) as largest_nearness_seen,
    steps_seen
from region_limits
where
    kind in ('measure', 'spend', 'population')
    and (
        (
            steps_seen >= 3
            and abs(middle_move) > 1.5 * years_apart * largest_middle_move_seen
            and abs(mean_move) > 1.5 * years_apart * largest_mean_move_seen
        )
        or (steps_seen >= 2 and nearness_to_another_row > greatest(0.4, largest_nearness_seen + 0.3))
    )
order by all
