with

source as (

    select * from {{ ref('mhclg_housing_outturn') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'housing_gfra',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_revenue_outturn', 'true') }}

)

select * from final
