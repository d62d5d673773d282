with

source as (

    select * from {{ ref('mhclg_social_care_outturn') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'asc_physical_18_64_gross',
            'asc_physical_65_plus_gross',
            'asc_sensory_18_64_gross',
            'asc_sensory_65_plus_gross',
            'asc_memory_18_64_gross',
            'asc_memory_65_plus_gross',
            'asc_learning_disability_18_64_gross',
            'asc_learning_disability_65_plus_gross',
            'asc_mental_health_18_64_gross',
            'asc_mental_health_65_plus_gross',
            'asc_physical_18_64_net',
            'asc_physical_65_plus_net',
            'asc_sensory_18_64_net',
            'asc_sensory_65_plus_net',
            'asc_memory_18_64_net',
            'asc_memory_65_plus_net',
            'asc_learning_disability_18_64_net',
            'asc_learning_disability_65_plus_net',
            'asc_mental_health_18_64_net',
            'asc_mental_health_65_plus_net',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_social_care_outturn', 'true') }}

)

select * from final
