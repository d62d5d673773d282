with

final as (

    select
        peer_group_id,
        gss_code,
        peer_order,
        peer_gss_code,
        closeness
    from {{ ref('int_peers__councils') }}

)

select * from final
