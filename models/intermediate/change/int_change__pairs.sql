-- One row per lens or module and edition that has one to compare with: a lens with the edition the register names, a
-- module with the first of its editions on the same population. No change in spend per head is shown across a census.
with

editions as (

    select * from {{ ref('stg_register__editions') }}

),

lenses as (

    select * from {{ ref('stg_register__lenses') }}

),

module_editions as (

    select
        status.lens_id,
        status.edition,
        case
            when lenses.need_publication_id = 'ons_population' then editions.population_base else 'none'
        end as population_base
    from {{ ref('int_lenses__edition_status') }} as status
    inner join lenses
        on lenses.lens_id = status.lens_id
    inner join editions
        on editions.edition = status.edition
    where
        status.is_scored
        and lenses.lens_kind = 'module'

),

module_pairs as (

    select
        lens_id,
        edition,
        min(edition) over (partition by lens_id, population_base) as from_edition
    from module_editions

),

final as (

    select
        lenses.lens_id,
        lenses.lens_kind,
        editions.edition,
        editions.change_from_edition as from_edition
    from lenses
    cross join editions
    where
        lenses.lens_kind = 'lens'
        and editions.change_from_edition is not null
    union all
    select
        lens_id,
        'module' as lens_kind,
        edition,
        from_edition
    from module_pairs
    where edition <> from_edition

)

select * from final
