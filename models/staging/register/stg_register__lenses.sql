with

register as (

    select * from {{ ref('lenses') }}

),

final as (

    select
        lens_id,
        lens_kind,
        cast(lens_order as bigint) as lens_order,
        lens_name,
        question,
        first_edition,
        last_edition,
        need_population,
        need_publication_id,
        need_item_id,
        need_adjuster,
        spend_description,
        {{ council_productivity.to_number('lens_weight') }} as lens_weight,
        neighbour_set,
        caveat
    from register

)

select * from final
