with

source as (

    select * from {{ ref('mhclg_net_additional_dwellings') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'net_additional_dwellings',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_net_additional_dwellings', 'true') }}

)

select * from final
