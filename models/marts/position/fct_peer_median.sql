with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        peer_group_id,
        figure_id,
        peer_median,
        peers_held
    from {{ ref('int_peers__medians') }}
    -- in the order of the key that the engine keeps: without it the key takes most of the time
    order by edition, gss_code, ranking_id, peer_group_id, figure_id

)

select * from final
