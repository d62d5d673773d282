-- Rule: What a released mart promises stays: its columns with their names, types, units, words and meaning, which of
-- them are always filled in, its key and its grain.
-- Severity: error
-- Compares: with the last release
-- Why it matters: Whoever has built on the mart reads on, and gets an error at best and a wrong figure at worst.
-- Where to look: The mart's YAML under models/marts, its version in dbt_project.yml or under config.meta there; python
-- -m scripts.release.interface after it.
-- Threshold: Every promise of a public mart; workings promise nothing, and adding is free. A mart of a higher version
-- may change. A table or column goes where the last release named the day of its end (deprecated_on) and it has come.
-- New words for the same meaning are accepted by a person.
select
    subject,
    was,
    now
from interface_changes
where
    is_breaking
    and declared_by = ''
order by all
