with

source as (

    select * from {{ ref('mhclg_rough_sleeping') }}

),

dated as (

    select
        *,
        {{ council_productivity.edition_starting_in('cast(snapshot_year as integer)') }} as edition
    from source

),

printed as (

    {{ council_productivity.unpivot_items(
        'dated',
        ['printed_code', 'edition', 'snapshot_year as sub_period'],
        [
            'rough_sleepers',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_rough_sleeping', 'true') }}

)

select * from final
