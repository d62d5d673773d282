with

register as (

    select * from {{ ref('outside_judgements') }}

),

final as (

    select
        ranking_id,
        judgement_id,
        judgement_name,
        publication_id,
        item_id,
        caveat
    from register

)

select * from final
