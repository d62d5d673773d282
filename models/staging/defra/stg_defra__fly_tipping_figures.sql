with

source as (

    select * from {{ ref('defra_fly_tipping') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'incidents',
            'actions',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'defra_fly_tipping', 'true') }}

)

select * from final
