-- One row per lens, edition, council ranked in it, and edition that is pooled with it: itself and those of the two
-- years before in which the council is ranked on the same population base and the same lines of spend. Where need is
-- not people, no census matters.
with

ranked as (

    select
        productivity.ranking_id,
        productivity.edition,
        productivity.gss_code,
        productivity.spend_index,
        series.spend_series,
        case
            when lenses.need_publication_id = 'ons_population' then editions.population_base else 'none'
        end as population_base,
        cast(left(productivity.edition, 4) as integer) as start_year
    from {{ ref('int_rankings__productivity') }} as productivity
    inner join {{ ref('stg_register__rankings') }} as lenses
        on lenses.ranking_id = productivity.ranking_id
    inner join {{ ref('stg_register__editions') }} as editions
        on editions.edition = productivity.edition
    inner join {{ ref('int_spend__series') }} as series
        on
            series.ranking_id = productivity.ranking_id
            and series.edition = productivity.edition
    where
        productivity.ranking_kind = 'lens'
        and productivity.not_ranked_reason is null

),

final as (

    select
        now.ranking_id,
        now.edition,
        now.gss_code,
        held.edition as pooled_edition,
        held.spend_index,
        count(*) over (partition by now.ranking_id, now.edition, now.gss_code) as editions_pooled
    from ranked as now
    inner join ranked as held
        on
            held.ranking_id = now.ranking_id
            and held.gss_code = now.gss_code
            and held.spend_series = now.spend_series
            and held.population_base = now.population_base
            and held.start_year between now.start_year - 2 and now.start_year

)

select * from final
