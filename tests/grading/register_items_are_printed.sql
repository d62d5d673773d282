-- Rule: every item that the registers name exists under its publication: what an active measure counts and divides by
-- and what its error rests on, the lines of spend and the need of a lens. A misspelt item would leave every council
-- without a figure.
with

figures as (

    select distinct
        publication_id,
        item_id
    from {{ ref('int_figures__by_council') }}
    union
    select distinct
        publication_id,
        item_id
    from {{ ref('int_figures__adult_days') }}

),

active as (

    select * from {{ ref('stg_register__measures') }}
    where measure_id in (
        select uses.measure_id
        from {{ ref('stg_register__ranking_measures') }} as uses
        where uses.status = 'active'
    )

),

named as (

    select
        'measures' as seed,
        measure_id as row_id,
        'numerator_item_id' as column_name,
        publication_id,
        numerator_item_id as item_id
    from active
    union all
    select
        'measures' as seed,
        measure_id as row_id,
        'denominator_item_id' as column_name,
        denominator_publication_id as publication_id,
        denominator_item_id as item_id
    from active
    where calculation = 'ratio'
    union all
    select
        'measure_errors' as seed,
        measure_id as row_id,
        'item_id' as column_name,
        publication_id,
        item_id
    from {{ ref('stg_register__measure_errors') }}
    where item_id is not null
    union all
    select
        'measure_errors' as seed,
        measure_id as row_id,
        'population_item_id' as column_name,
        'ons_population' as publication_id,
        population_item_id as item_id
    from {{ ref('stg_register__measure_errors') }}
    where population_item_id is not null
    union all
    select
        'spend_lines' as seed,
        ranking_id as row_id,
        'item_id' as column_name,
        publication_id,
        item_id
    from {{ ref('stg_register__spend_lines') }}
    union all
    select
        'rankings' as seed,
        ranking_id as row_id,
        'need_item_id' as column_name,
        need_publication_id as publication_id,
        need_item_id as item_id
    from {{ ref('stg_register__rankings') }}
    where ranking_kind <> 'overall'

)

select
    named.seed,
    named.row_id,
    named.column_name,
    named.publication_id,
    named.item_id,
    'the publication has an item of this name' as rule
from named
left join figures
    on
        figures.publication_id = named.publication_id
        and figures.item_id = named.item_id
where figures.item_id is null
