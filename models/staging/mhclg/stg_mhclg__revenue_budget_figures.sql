with

source as (

    select * from {{ ref('mhclg_revenue_budget') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'csc_early_years',
            'csc_children_looked_after',
            'csc_other_children_and_family',
            'csc_family_support',
            'csc_youth_justice',
            'csc_safeguarding',
            'csc_asylum_seekers',
            'csc_services_for_young_people',
            'csc_total',
            'asc_physical_18_64',
            'asc_physical_65_plus',
            'asc_sensory_18_64',
            'asc_sensory_65_plus',
            'asc_memory_18_64',
            'asc_memory_65_plus',
            'asc_learning_disability_18_64',
            'asc_learning_disability_65_plus',
            'asc_mental_health_18_64',
            'asc_mental_health_65_plus',
            'asc_substance_misuse',
            'asc_asylum',
            'asc_carers',
            'asc_social_isolation',
            'asc_equipment_and_technology',
            'asc_social_care_activities',
            'asc_information_early_intervention',
            'asc_commissioning',
            'asc_covid_discharge',
            'asc_disbursement_payments',
            'asc_total',
            'housing_strategy',
            'housing_homelessness',
            'housing_benefit_administration',
            'housing_travellers_sites',
            'housing_supporting_people',
            'housing_other_welfare',
            'housing_total',
            'env_street_cleansing',
            'env_waste_collection',
            'env_waste_disposal',
            'env_trade_waste',
            'env_recycling',
            'env_waste_minimisation',
            'env_climate_change',
            'levy_waste_disposal_authority',
            'env_total',
            'edu_special_and_alternative',
            'edu_total',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_revenue_budget', 'true') }}

)

select * from final
