-- One row per council and month: the median rate of its nearest neighbours that have one. Neighbours exist for today's
-- councils only.
with

rates as (

    select * from {{ ref('int_delayed_transfers__monthly') }}
    where rate_total is not null

),

final as (

    select
        neighbours.gss_code,
        rates.month,
        {{ council_productivity.percentile('rates.rate_total', 0.5) }} as peer_rate_total,
        count(*) as peers_held
    from {{ ref('bridge_council_neighbour') }} as neighbours
    inner join rates
        on rates.gss_code = neighbours.neighbour_gss_code
    where neighbours.neighbour_set = 'ons_nearest_neighbours'
    group by neighbours.gss_code, rates.month

)

select * from final
