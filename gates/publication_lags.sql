-- Rule: A publication holds the newest edition that any publication holds, or the one before.
-- Severity: warn
-- Compares: with nothing
-- Why it matters: An old figure beside new ones is easily read as new.
-- Where to look: The publication's page, and frequency and notes in seeds/register/publications.csv: some have
-- ended.
with

newest as (

    select
        publication_id,
        max(edition) as edition
    from after.intermediate.int_figures__by_council
    where figure_value is not null
    group by publication_id

)

select
    publication_id as subject,
    edition as newest_edition,
    max(edition) over () as newest_of_all,
    max(left(edition, 4)::integer) over () - left(edition, 4)::integer as years_behind
from newest
qualify years_behind > 1
order by all
