with

source as (

    select * from {{ ref('dhsc_adult_social_care_finance') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'long_term_18_64',
            'long_term_65_plus',
            'short_term_18_64',
            'short_term_65_plus',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'dhsc_adult_social_care_finance', 'true') }}

)

select * from final
