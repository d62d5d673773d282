-- Reconciliation: each publication is held from the first to the last edition that the register of publications
-- states, and an edition made up of quarters or months holds all of them: four, and twelve but for the eight from
-- April to November 2019, the last of delayed transfers. A file loaded under another year, or too early, shows here.
-- Of the year after the last edition some quarters or months may be held: no measure of it is scored until it is whole.
with

parts as (

    select
        publication_id,
        edition,
        count(distinct sub_period) as parts_held,
        max({{ council_productivity.parts_of_year('publication_id', 'edition') }}) as parts_expected
    from {{ ref('int_figures__printed') }}
    group by publication_id, edition

),

held as (

    select
        publication_id,
        min(edition) as first_edition,
        max(case when parts_held = parts_expected then edition end) as last_edition
    from parts
    group by publication_id

)

select
    publications.publication_id as seed,
    publications.first_edition_held || ' to ' || publications.last_edition_held as expected,
    held.first_edition || ' to ' || held.last_edition as found,
    'the publication is held from the first to the last edition that the register states' as rule
from {{ ref('publications') }} as publications
inner join held
    on held.publication_id = publications.publication_id
where
    publications.first_edition_held is null
    or publications.last_edition_held is null
    or held.last_edition is null
    or publications.first_edition_held <> held.first_edition
    or publications.last_edition_held <> held.last_edition
union all
select
    parts.publication_id as seed,
    parts.edition || ': ' || cast(parts.parts_expected as {{ dbt.type_string() }}) as expected,
    cast(parts.parts_held as {{ dbt.type_string() }}) as found,
    'an edition up to the last holds every quarter or month of its year' as rule
from parts
inner join {{ ref('publications') }} as publications
    on publications.publication_id = parts.publication_id
where
    parts.parts_held > parts.parts_expected
    or (parts.parts_held < parts.parts_expected and parts.edition <= publications.last_edition_held)
union all
select
    measures.measure_id as seed,
    parts.edition || ': ' || cast(parts.parts_expected as {{ dbt.type_string() }}) as expected,
    cast(parts.parts_held as {{ dbt.type_string() }}) as found,
    'a measure ends before a year of which quarters or months are missing' as rule
from parts
inner join {{ ref('measures') }} as measures
    on
        (
            measures.publication_id = parts.publication_id
            or measures.denominator_publication_id = parts.publication_id
        )
        and measures.last_edition >= parts.edition
        and measures.first_edition <= parts.edition
where parts.parts_held < parts.parts_expected
