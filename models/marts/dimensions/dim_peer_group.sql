with

final as (

    select
        peer_group_id,
        peer_group_order,
        peer_group_name,
        description,
        publication_id,
        peers_counted,
        serves = 'every_ranking' as is_for_every_ranking
    from {{ ref('stg_register__peer_groups') }}

)

select * from final
