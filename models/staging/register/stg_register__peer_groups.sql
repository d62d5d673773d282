with

register as (

    {{ council_productivity.register_with_own_rows('peer_groups') }}

),

final as (

    select
        peer_group_id,
        cast(peer_group_order as bigint) as peer_group_order,
        peer_group_name,
        publication_id,
        cast(peers_counted as bigint) as peers_counted,
        serves,
        description
    from register

)

select * from final
