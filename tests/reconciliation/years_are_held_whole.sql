-- Reconciliation: each publication is held from the first to the last edition that the register of publications
-- states, and an edition made up of quarters or months holds all of them: four, and twelve but for the eight from
-- April to November 2019, the last of delayed transfers. A file loaded under another year, or too early, shows here.
with

held as (

    select
        publication_id,
        min(edition) as first_edition,
        max(edition) as last_edition
    from {{ ref('int_figures__printed') }}
    group by publication_id

),

parts as (

    select
        publication_id,
        edition,
        count(distinct sub_period) as parts_held,
        case
            when publication_id = 'mhclg_homelessness' then 4
            when edition = '2019-20' then 8
            else 12
        end as parts_expected
    from {{ ref('int_figures__printed') }}
    where publication_id in ('mhclg_homelessness', 'nhs_delayed_transfers', 'nhs_discharge_ready')
    group by publication_id, edition

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
    or publications.first_edition_held <> held.first_edition
    or publications.last_edition_held <> held.last_edition
union all
select
    publication_id as seed,
    edition || ': ' || cast(parts_expected as {{ dbt.type_string() }}) as expected,
    cast(parts_held as {{ dbt.type_string() }}) as found,
    'an edition holds every quarter or month of its year' as rule
from parts
where parts_held <> parts_expected
