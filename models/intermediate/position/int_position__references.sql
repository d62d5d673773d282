-- One row per edition, lens (or `overall`), ranked council and council it is compared with: the median council, each of
-- its nearest neighbours that is ranked too, and itself in the last edition in which it is ranked.
with

ranking as (

    select * from {{ ref('fct_ranking') }}

),

ordered as (

    select
        *,
        row_number() over (partition by edition, lens_id order by productivity_rank, gss_code) as place,
        lag(edition) over (partition by lens_id, gss_code order by edition) as last_edition
    from ranking

),

medians as (

    select
        edition,
        lens_id,
        gss_code
    from ordered
    where place = ceiling(ranked_councils / 2.0)

),

neighbours as (

    select
        gss_code,
        neighbour_gss_code
    from {{ ref('bridge_council_neighbour') }}
    where
        neighbour_set = 'ons_nearest_neighbours'
        and neighbour_rank <= {{ var('neighbours_decomposed') }}

),

final as (

    select
        ranking.edition,
        ranking.lens_id,
        ranking.gss_code,
        'median_council' as reference_kind,
        ranking.edition as reference_edition,
        medians.gss_code as reference_gss_code
    from ranking
    inner join medians
        on
            medians.edition = ranking.edition
            and medians.lens_id = ranking.lens_id
    union all
    select
        ranking.edition,
        ranking.lens_id,
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
            and theirs.lens_id = ranking.lens_id
            and theirs.gss_code = neighbours.neighbour_gss_code
    union all
    select
        ranking.edition,
        ranking.lens_id,
        ranking.gss_code,
        'last_edition' as reference_kind,
        ranking.last_edition as reference_edition,
        ranking.gss_code as reference_gss_code
    from ordered as ranking
    where ranking.last_edition is not null

)

select * from final
