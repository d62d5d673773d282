-- One row per ranking, peer group that serves it, council and peer.
with

serving as (

    select * from {{ ref('int_peers__serving') }}

),

final as (

    select
        serving.ranking_id,
        peers.peer_group_id,
        serving.is_default,
        serving.is_published,
        peers.gss_code,
        peers.peer_order,
        peers.peer_gss_code
    from {{ ref('int_peers__councils') }} as peers
    inner join serving
        on serving.peer_group_id = peers.peer_group_id

)

select * from final
