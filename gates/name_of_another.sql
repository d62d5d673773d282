-- Rule: No measure, ranking, council or publication has the name of another, and no measure another unit than it had.
-- Severity: error
-- Compares: with the last release
-- Why it matters: Every figure is right, and every page says it of something else.
-- Where to look: The seed's diff since the last release. If a unit is only said better, accept it in gates/accepted.csv
-- with the reason.
-- Threshold: None. A name that nothing had in the last release is listed by `name_changed`.
select
    new.kind || ' ' || new.id || ' ' || new.column_name as subject,
    old.stated as released,
    new.stated as now,
    min(others.id) as released_of
from texts_after as new
inner join texts_before as old using (kind, id, column_name)
left join texts_before as others
    on
        others.kind = new.kind
        and others.column_name = new.column_name
        and others.stated = new.stated
        and others.id <> new.id
where
    new.stated <> old.stated
    and (new.column_name = 'unit' or others.id is not null)
group by new.kind, new.id, new.column_name, old.stated, new.stated
order by all
