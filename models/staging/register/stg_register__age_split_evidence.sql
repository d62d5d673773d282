with

register as (

    select * from {{ ref('age_split_evidence') }}

),

final as (

    select
        basis,
        publication_id,
        item_id,
        age_group,
        first_edition,
        last_edition
    from register

)

select * from final
