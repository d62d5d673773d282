with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        children_looked_after,
        children_in_need_not_looked_after,
        care_leavers,
        activity_gbp as activity_gbp_at_england_cost,
        activity_gbp / nullif(need_population, 0) as activity_per_child_gbp,
        england_activity_per_child_gbp,
        spend_index,
        activity_per_child_index,
        spend_per_activity_index,
        ln_activity_per_child,
        ln_spend_per_activity,
        no_split_reason
    from {{ ref('int_spend__activity') }}

)

select * from final
