-- Rule: No council's measures as a whole move together, to the better or the worse, by a quarter more than any
-- council's have.
-- Severity: error
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: A row filled with another council's figures, or a denominator gone wrong, moves all of a council's
-- measures, none of them beyond what its series has shown.
-- Where to look: The council's rows in the publications of the edition, and its population.
-- Threshold: The sum of the measures' moves, each in middle distances from the middle council's and three at most, over
-- the root of their number, is beyond one and a quarter times the largest that any council has shown, after two
-- editions seen. Taking each edition held as the new one, the furthest was 1.12 times (Warrington, 2019-20).
select
    edition || ' ' || gss_code || ' ' || measures_of as subject,
    measures_moved,
    measures_improved,
    round(together, 2) as together,
    round(largest_seen, 2) as largest_seen,
    editions_seen
from together_limits
where
    measures_of = 'all measures'
    and editions_seen >= 2
    and abs(together) > 1.25 * largest_seen
order by all
