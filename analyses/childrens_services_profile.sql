with

final as (

    {{ council_productivity.module_profile(
        'childrens_services',
        'fct_childrens_services',
        [
            'children_rereferrals',
            'children_repeat_protection_plans',
            'children_placement_moves',
            'children_long_term_stability',
            'children_placed_far_away',
            'children_emotional_health',
            'children_attainment_at_16',
            'children_care_leavers_occupied',
            'children_care_leavers_housed',
            'children_first_youth_offences',
        ],
        [
            'looked_after_per_child',
            'leaving_care_per_child',
            'safeguarding_per_child',
            'family_support_per_child',
            'youth_justice_per_child',
            'young_people_per_child',
            'other_per_child',
            'early_years_per_child',
            'looked_after_per_looked_after_child',
            'leaving_care_per_care_leaver',
            'safeguarding_per_child_in_need',
            'family_support_per_child_in_need',
        ]
    ) }}

)

-- the wide row holds every column of the mart it widens
select * from final -- noqa: AM04
