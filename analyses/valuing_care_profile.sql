with

final as (

    {{ council_productivity.module_profile(
        'valuing_care',
        'fct_valuing_care',
        [
            'children_attainment_at_16',
            'children_absence_in_care',
            'placements_absence',
            'placements_suspensions',
            'children_emotional_health',
            'placements_health_checks',
            'placements_dental_checks',
            'placements_immunisations',
            'children_care_leavers_occupied',
            'children_care_leavers_housed',
        ],
        [
            'foster_weekly_unit_cost',
            'residential_weekly_unit_cost',
            'in_foster_care',
            'placed_far_away',
            'three_or_more_placements',
            'started_to_be_looked_after',
            'ceased_to_be_looked_after',
        ]
    ) }}

)

-- the wide row holds every column of the mart it widens
select * from final -- noqa: AM04
