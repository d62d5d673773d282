-- One row per lens or module and edition that has one to compare with: a lens with the edition the register names, a
-- module with the first of its editions on the same population. No change in spend per head is
-- shown across a census, and none between editions whose spend is made of other lines.
with

editions as (

    select * from {{ ref('stg_register__editions') }}

),

lenses as (

    select * from {{ ref('stg_register__rankings') }}

),

module_editions as (

    select
        status.ranking_id,
        status.edition,
        status.spend_series,
        case
            when lenses.need_publication_id = 'ons_population' then editions.population_base else 'none'
        end as population_base
    from {{ ref('int_rankings__edition_status') }} as status
    inner join lenses
        on lenses.ranking_id = status.ranking_id
    inner join editions
        on editions.edition = status.edition
    where
        status.is_scored
        and lenses.ranking_kind = 'module'

),

module_pairs as (

    select
        ranking_id,
        edition,
        min(edition) over (partition by ranking_id, population_base, spend_series) as from_edition
    from module_editions

),

final as (

    select
        lenses.ranking_id,
        lenses.ranking_kind,
        editions.edition,
        editions.change_from_edition as from_edition
    from lenses
    cross join editions
    inner join {{ ref('int_spend__series') }} as series
        on
            series.ranking_id = lenses.ranking_id
            and series.edition = editions.edition
    inner join {{ ref('int_spend__series') }} as series_before
        on
            series_before.ranking_id = lenses.ranking_id
            and series_before.edition = editions.change_from_edition
            and series_before.spend_series = series.spend_series
    where
        lenses.ranking_kind = 'lens'
        and editions.change_from_edition is not null
    union all
    select
        ranking_id,
        'module' as ranking_kind,
        edition,
        from_edition
    from module_pairs
    where edition <> from_edition

)

select * from final
