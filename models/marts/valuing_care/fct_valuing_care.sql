with

standing as (

    {{ council_productivity.module_productivity(
        'valuing_care', 'looked_after_child', 'looked_after_children', ['education', 'emotional_health', 'care_leavers']
    ) }}

),

final as (

    select
        standing.*,
        unit_costs.figure_value as weekly_unit_cost_gbp
    from standing
    left join {{ ref('int_measures__context_figures') }} as unit_costs
        on
            unit_costs.ranking_id = 'valuing_care'
            and unit_costs.figure_id = 'weekly_unit_cost'
            and unit_costs.edition = standing.edition
            and unit_costs.gss_code = standing.gss_code

)

select * from final
