-- Rule: Polarity, goalposts, weights and recipes change with the method version only.
-- Severity: error
-- Compares: with the last release
-- Why it matters: Every rank can move although no figure did, and no reader is told that the rules are others.
-- Where to look: seeds/register, and method_version in dbt_project.yml with make goalposts.
with

changed as (

    select
        subject,
        part_of,
        column_name,
        old.found as released,
        new.found as now
    from choices_before as old
    full join choices_after as new using (subject, part_of, column_name)
    where
        old.found is distinct from new.found
        -- A new measure comes with all its choices; its lens says so in the notes. A new line of spend moves a lens.
        and (old.subject is not null or subject like 'spend line %')

)

select
    changed.subject || ' ' || changed.column_name as subject,
    changed.released,
    changed.now,
    versions.found as method_version
from changed
inner join choices_after as versions on versions.column_name = 'method_version'
where
    -- Without a new version, and for measures that were not retired.
    exists (
        select 1 from choices_before as old
        where old.column_name = 'method_version' and old.found = versions.found
    )
    and not exists (
        select 1 from after.seeds.ranking_measures as uses
        where uses.measure_id = changed.part_of and uses.status = 'retired'
    )
order by all
