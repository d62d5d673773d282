with

source as (

    select * from {{ ref('mhclg_revenue_outturn') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'children_social_care',
            'adult_social_care',
            'public_health',
            'environmental',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_revenue_outturn', 'true') }}

)

select * from final
