with

final as (

    {{ council_productivity.module_profile(
        'childrens_services',
        'fct_childrens_services',
        [
            'services_rereferrals',
            'services_repeat_protection_plans',
            'services_placement_moves',
            'services_long_term_stability',
            'services_placed_far_away',
            'services_emotional_health',
            'services_attainment_at_16',
            'services_care_leavers_occupied',
            'services_care_leavers_housed',
            'services_first_youth_offences',
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
