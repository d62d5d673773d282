-- Rule: Measures, rankings, councils and publications are called what they were called.
-- Severity: warn
-- Compares: with the last release
-- Why it matters: Whoever looks for a figure by the name it had does not find it; a name that was mistyped stays.
-- Where to look: The seed's diff since the last release.
-- Threshold: None.
select
    new.kind || ' ' || new.id || ' ' || new.column_name as subject,
    old.stated as released,
    new.stated as now
from texts_after as new
inner join texts_before as old using (kind, id, column_name)
where new.stated <> old.stated
order by all
