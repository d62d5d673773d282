with

source as (

    select * from {{ ref('mhclg_vacant_dwellings') }}

),

dated as (

    select
        *,
        {{ council_productivity.edition_starting_in('cast(year as integer)') }} as edition
    from source

),

printed as (

    {{ council_productivity.unpivot_items(
        'dated',
        ['printed_code', 'edition', 'year as sub_period'],
        [
            'dwellings',
            'long_term_vacants',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_vacant_dwellings', 'true') }}

)

select * from final
