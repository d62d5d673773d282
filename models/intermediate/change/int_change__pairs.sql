-- One row per lens or module and edition that has one to compare with: a lens with the edition the register names, a
-- module with the first of its editions on the same population; what spend is made comparable with, whether both divide
-- by the people of one mid-year, and whether they share enough measures to be compared. No change in spend per head is
-- shown across a census, and none between editions whose spend is made of other lines.
with

editions as (

    select * from {{ ref('stg_register__editions') }}

),

lenses as (

    select * from {{ ref('stg_register__rankings') }}

),

measures as (

    select distinct
        ranking_id,
        edition,
        measure_id,
        weight
    from {{ ref('int_measures__graded') }}
    where is_active

),

prices as (

    select * from {{ ref('stg_hmt__gdp_deflator') }}

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

lens_pairs as (

    select
        lenses.ranking_id,
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

),

pairs as (

    select
        ranking_id,
        edition,
        from_edition
    from lens_pairs
    union all
    select
        ranking_id,
        edition,
        from_edition
    from module_pairs
    where edition <> from_edition

),

shared as (

    select
        pairs.ranking_id,
        pairs.edition,
        count(before.measure_id) as measures_shared,
        {{ council_productivity.round_score(
            'sum(case when before.measure_id is not null then now.weight else 0 end) / sum(now.weight)'
        ) }} as weight_shared_share
    from pairs
    inner join measures as now
        on
            now.ranking_id = pairs.ranking_id
            and now.edition = pairs.edition
    left join measures as before
        on
            before.ranking_id = now.ranking_id
            and before.edition = pairs.from_edition
            and before.measure_id = now.measure_id
    group by pairs.ranking_id, pairs.edition

),

final as (

    select
        pairs.ranking_id,
        lenses.ranking_kind,
        pairs.edition,
        pairs.from_edition,
        case
            when prices_now.edition is null or prices_before.edition is null then 'england_spend'
            when prices_now.is_forecast or prices_before.is_forecast then 'deflator_forecast'
            else 'deflator'
        end as price_basis,
        lenses.need_publication_id = 'ons_population' and editions.population_year = before.population_year
            as has_same_population_year,
        -- measured anew, there is nothing to be compared with, whatever the spend: as much as a score needs
        coalesce(
            shared.measures_shared >= {{ var('lens_minimum_measures') }}
            and shared.weight_shared_share
            >= {{ council_productivity.round_score(var('lens_minimum_weight_share')) }},
            false
        ) as is_like_for_like
    from pairs
    inner join lenses
        on lenses.ranking_id = pairs.ranking_id
    inner join editions
        on editions.edition = pairs.edition
    inner join editions as before
        on before.edition = pairs.from_edition
    left join shared
        on
            shared.ranking_id = pairs.ranking_id
            and shared.edition = pairs.edition
    left join prices as prices_now
        on prices_now.edition = pairs.edition
    left join prices as prices_before
        on prices_before.edition = pairs.from_edition

)

select * from final
