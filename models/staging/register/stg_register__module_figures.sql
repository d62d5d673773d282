with

register as (

    select * from {{ ref('module_figures') }}

),

final as (

    select
        ranking_id,
        figure_id,
        cast(figure_order as bigint) as figure_order,
        figure_kind,
        figure_name,
        unit,
        publication_id,
        numerator_item_id,
        denominator_publication_id,
        denominator_item_id,
        {{ council_productivity.to_number('multiplier') }} as multiplier,
        first_edition,
        last_edition,
        note
    from register

)

select * from final
