with

register as (

    select * from {{ ref('activity_unit_costs') }}

),

final as (

    select
        method_version,
        activity_id,
        cast(activity_order as integer) as activity_order,
        activity_name,
        {{ council_productivity.to_number('unit_cost_gbp') }} as unit_cost_gbp,
        edition,
        publication_id,
        spend_item_id,
        more_spend_item_id,
        less_spend_item_id,
        count_item_id,
        less_count_item_id,
        basis
    from register

)

select * from final
