with

register as (

    select * from {{ ref('county_services') }}

),

final as (

    select
        publication_id,
        item_id
    from register

)

select * from final
