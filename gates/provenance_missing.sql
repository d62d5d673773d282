-- Rule: Every figure comes from a registered publication with a publisher, a page and an open licence.
-- Severity: error
-- Compares: with nothing
-- Why it matters: A figure nobody can look up cannot be checked, and one without a licence cannot be published.
-- Where to look: seeds/register/publications.csv and docs/sources.md.
with

used as (

    select
        publication_id,
        count(*) as figures
    from after.intermediate.int_figures__by_council
    group by publication_id
    union all
    select
        publication_id,
        count(*) as figures
    from after.marts.dim_measure
    semi join (
        select measure_id from after.marts.bridge_ranking_measure
        where status = 'active'
    ) as active using (measure_id)
    group by publication_id

)

select
    used.publication_id as subject,
    sum(used.figures) as figures,
    any_value(publications.publisher) as publisher,
    any_value(publications.url) as url,
    any_value(publications.licence) as licence
from used
left join after.marts.dim_publication as publications using (publication_id)
group by used.publication_id
having
    any_value(publications.publisher) is null
    or any_value(publications.url) is null
    or not starts_with(any_value(publications.url), 'https://')
    or any_value(publications.licence) is null
    or any_value(publications.licence) <> 'OGL-UK-3.0'
order by all
