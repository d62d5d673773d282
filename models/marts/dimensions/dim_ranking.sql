with

final as (

    select
        ranking_id,
        ranking_kind,
        ranking_order,
        ranking_name,
        question,
        need_population as need_population_name,
        spend_description,
        weight_in_overall,
        peer_group_id,
        first_edition,
        last_edition,
        caveat
    from {{ ref('stg_register__rankings') }}

)

select * from final
