-- Rule: A figure that was released is still the same.
-- Severity: warn
-- Compares: with the last release
-- Why it matters: Publishers do correct figures; each correction is listed so that nobody finds it by chance.
-- Where to look: The seed's diff since the last release, and the publisher's note of the revision.
select
    series_id || ' ' || edition || ' ' || gss_code as subject,
    kind,
    old_value,
    new_value
from revisions
where
    old_value is not null
    and kind not in ('outcome', 'productivity')
order by all
