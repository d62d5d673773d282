-- Rule: No council's measures of a ranking move together, to the better or the worse, by more than any council's have.
-- Severity: warn
-- Compares: an edition with the one before; what is usual comes from the last release or the other editions
-- Why it matters: One return stands behind most measures of a ranking: where it is wrong, all of them move, none of
-- them beyond what its series has shown.
-- Where to look: The council's rows in the publications of the edition, and its population.
-- Threshold: The sum of the measures' moves, as `council_moved_together` takes it, is beyond the largest that any
-- council has shown by a twentieth, after two editions seen. Taking each edition held as the new one, that is none to
-- five rows an edition.
select
    edition || ' ' || gss_code || ' ' || measures_of as subject,
    measures_moved,
    measures_improved,
    round(together, 2) as together,
    round(largest_seen, 2) as largest_seen,
    editions_seen
from together_limits
where
    editions_seen >= 2
    and abs(together) > 1.05 * largest_seen
order by all
