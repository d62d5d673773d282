-- One row per ranking (a lens, a module or `overall`) and peer group that stands beside it: one that serves every
-- ranking, or the one that the ranking names as its own.
with

rankings as (

    select * from {{ ref('stg_register__rankings') }}

),

final as (

    select
        rankings.ranking_id,
        peer_groups.peer_group_id,
        peer_groups.peer_group_id = rankings.peer_group_id as is_default,
        peer_groups.publication_id is not null as is_published
    from rankings
    cross join {{ ref('stg_register__peer_groups') }} as peer_groups
    where
        peer_groups.serves = 'every_ranking'
        or peer_groups.peer_group_id = rankings.peer_group_id

)

select * from final
