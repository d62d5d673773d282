-- The register of publications says up to which edition each is held, and so do the pages of sources: a file loaded
-- under another year would show in that.
with

concerned as (

    select publication_id from publications_held
    union
    -- of which nothing is held yet
    select needed.publication_id from needed
    left join publications_held using (publication_id)
    where publications_held.publication_id is null

)

select
    'publications.csv: last_edition_held' as place,
    concerned.publication_id as subject,
    coalesce(publications.last_edition_held, 'no row') as now,
    asked.edition || ', years_held, docs/sources.md' as to_do
from concerned
cross join asked
left join publications using (publication_id)
where
    publications.publication_id is null
    or coalesce(publications.last_edition_held, '') < asked.edition
order by subject
