with

register as (

    {{ council_productivity.own_register('peers', ['peer_group_id', 'gss_code', 'peer_order', 'peer_gss_code']) }}

),

final as (

    select
        peer_group_id,
        gss_code,
        cast(peer_order as bigint) as peer_order,
        peer_gss_code
    from register

)

select * from final
