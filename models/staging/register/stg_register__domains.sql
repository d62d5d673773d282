with

register as (

    select * from {{ ref('domains') }}

),

final as (

    select
        ranking_id,
        domain_id,
        cast(domain_order as bigint) as domain_order,
        domain_name,
        question
    from register

)

select * from final
