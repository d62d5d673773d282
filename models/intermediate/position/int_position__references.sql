-- One row per edition, lens (or `overall`), ranked council and what it is compared with: England as a council of its
-- own, each of its nearest neighbours that is ranked too, and itself in the last edition in which it is ranked, if
-- spend has been made of the same lines since (overall: in every lens) and prices are held to compare it in.
with

ranking as (

    select * from {{ ref('int_rankings__published') }}
    where ranking_kind <> 'module'

),

ordered as (

    select
        *,
        lag(edition) over (partition by ranking_id, gss_code order by edition) as last_edition
    from ranking

),

neighbours as (

    select
        gss_code,
        peer_gss_code
    from {{ ref('int_peers__councils') }}
    where peer_group_id = 'ons_nearest_neighbours'

),

series as (

    select
        series.ranking_id,
        rankings.ranking_kind,
        series.edition,
        series.spend_series
    from {{ ref('int_spend__series') }} as series
    inner join {{ ref('stg_register__rankings') }} as rankings
        on rankings.ranking_id = series.ranking_id
    inner join {{ ref('stg_hmt__gdp_deflator') }} as prices
        on prices.edition = series.edition

),

begun as (

    select
        ranking_id,
        edition,
        spend_series
    from series
    union all
    select
        'overall' as ranking_id,
        edition,
        max(spend_series) as spend_series
    from series
    where ranking_kind = 'lens'
    group by edition

),

final as (

    select
        edition,
        ranking_id,
        gss_code,
        'england' as reference_kind,
        edition as reference_edition,
        'E92000001' as reference_gss_code
    from ranking
    union all
    select
        ranking.edition,
        ranking.ranking_id,
        ranking.gss_code,
        'neighbour' as reference_kind,
        ranking.edition as reference_edition,
        theirs.gss_code as reference_gss_code
    from ranking
    inner join neighbours
        on neighbours.gss_code = ranking.gss_code
    inner join ranking as theirs
        on
            theirs.edition = ranking.edition
            and theirs.ranking_id = ranking.ranking_id
            and theirs.gss_code = neighbours.peer_gss_code
    union all
    select
        ranking.edition,
        ranking.ranking_id,
        ranking.gss_code,
        'last_edition' as reference_kind,
        ranking.last_edition as reference_edition,
        ranking.gss_code as reference_gss_code
    from ordered as ranking
    inner join begun
        on
            begun.ranking_id = ranking.ranking_id
            and begun.edition = ranking.edition
            and begun.spend_series <= ranking.last_edition

)

select * from final
