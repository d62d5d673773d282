with

register as (

    {% if council_productivity.has_own_registers() %}
        select * from {{ ref('own_peers') }}
    {% else %}
        select
            cast(null as {{ dbt.type_string() }}) as peer_group_id,
            cast(null as {{ dbt.type_string() }}) as gss_code,
            cast(null as {{ dbt.type_string() }}) as peer_order,
            cast(null as {{ dbt.type_string() }}) as peer_gss_code
        where 1 = 0
    {% endif %}

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
