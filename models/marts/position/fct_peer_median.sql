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

)

select * from final
