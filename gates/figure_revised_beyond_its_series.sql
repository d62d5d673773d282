-- Rule: A correction of a released figure is no larger than the series moves from edition to edition.
-- Severity: error
-- Compares: with the last release
-- Why it matters: A correction that size is a typing error, then or now; either way a person has to look.
-- Where to look: The figure in the seed, its history, and the publisher's note of the revision. If it is right,
-- accept it in gates/accepted.csv with the reason.
-- Threshold: The largest step of any council that the series has shown, as a value or as a ratio.
select
    revisions.series_id || ' ' || revisions.edition || ' ' || revisions.gss_code as subject,
    revisions.kind,
    revisions.old_value,
    revisions.new_value,
    seen.largest_change_seen
from revisions
inner join seen using (kind, series_id, edition)
where
    revisions.kind not in ('outcome', 'productivity')
    and (
        abs(revisions.new_value - revisions.old_value) > seen.largest_change_seen
        or abs(
            scaled(revisions.new_value, seen.typical_value) - scaled(revisions.old_value, seen.typical_value)
        ) > seen.largest_scaled_change_seen
    )
order by all
