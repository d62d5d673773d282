-- Rule: A series that a release holds is held by the next: a measure is retired in the register, never lost.
-- Severity: error
-- Compares: with the last release
-- Why it matters: A measure that vanishes changes the weights of the rest and every rank of its lens.
-- Where to look: The measure in seeds/register/ranking_measures.csv (status) and measures.csv (items), and its seed.
select
    series_id as subject,
    kind,
    min(edition) as first_edition,
    max(edition) as last_edition,
    count(*) as figures_lost
from series_before as old
anti join (select distinct
    kind,
    series_id
from series_after) as new using (kind, series_id)
where
    not exists (
        select 1 from after.seeds.ranking_measures as uses
        where uses.measure_id = old.series_id and uses.status = 'retired'
    )
group by kind, series_id
order by all
