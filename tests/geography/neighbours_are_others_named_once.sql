-- Rule: a council's neighbours are other councils, each named once, without a gap in their ranks.
with

neighbours as (

    select
        'ons_nearest_neighbours' as seed,
        gss_code as council,
        neighbour_gss_code as neighbour,
        neighbour_rank
    from {{ ref('ons_nearest_neighbours') }}
    union all
    select
        'dfe_statistical_neighbours' as seed,
        dfe_la_number as council,
        neighbour_dfe_la_number as neighbour,
        neighbour_rank
    from {{ ref('dfe_statistical_neighbours') }}
    union all
    select
        'own_peers' as seed,
        peer_group_id || ' of ' || gss_code as council,
        peer_group_id || ' of ' || peer_gss_code as neighbour,
        cast(peer_order as {{ dbt.type_string() }}) as neighbour_rank
    from {{ ref('stg_register__own_peers') }}

),

counted as (

    select
        seed,
        council,
        count(*) as neighbours,
        count(distinct neighbour) as named,
        max({{ council_productivity.to_number('neighbour_rank') }}) as last_rank,
        sum(case when council = neighbour then 1 else 0 end) as itself
    from neighbours
    group by seed, council

)

select
    *,
    'the neighbours of a council are others, each named once, ranked without a gap' as rule
from counted
where
    itself > 0
    or named < neighbours
    or last_rank <> neighbours
