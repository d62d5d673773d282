-- Rule: A publication's newest edition is no older than in the last release.
-- Severity: error
-- Compares: with the last release
-- Why it matters: An old file was read in place of the new one.
-- Where to look: The seed's rows for the newest edition and what its writer read.
with

newest_before as (

    select
        publication_id,
        max(edition) as edition
    from before.intermediate.int_figures__by_council
    where figure_value is not null
    group by publication_id

),

newest_after as (

    select
        publication_id,
        max(edition) as edition
    from after.intermediate.int_figures__by_council
    where figure_value is not null
    group by publication_id

)

select
    publication_id as subject,
    newest_before.edition as released_newest,
    newest_after.edition as newest_now
from newest_before
left join newest_after using (publication_id)
where newest_after.edition is null or newest_after.edition < newest_before.edition
order by all
