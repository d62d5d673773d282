with

register as (

    select * from {{ ref('rankings') }}

),

final as (

    select
        ranking_id,
        ranking_kind,
        cast(ranking_order as bigint) as ranking_order,
        ranking_name,
        question,
        first_edition,
        last_edition,
        need_population,
        need_publication_id,
        need_item_id,
        need_adjuster,
        spend_description,
        {{ council_productivity.to_number('weight_in_overall') }} as weight_in_overall,
        peer_group_id,
        caveat
    from register

)

select * from final
