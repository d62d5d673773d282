with

source as (

    select * from {{ ref('mhclg_homelessness') }}

),

dated as (

    select
        *,
        case
            when substr(quarter_end, 5, 2) >= '04'
                then {{ council_productivity.edition_starting_in('cast(left(quarter_end, 4) as integer)') }}
            else {{ council_productivity.edition_starting_in('cast(left(quarter_end, 4) as integer) - 1') }}
        end as edition
    from source

),

printed as (

    {{ council_productivity.unpivot_items(
        'dated',
        ['printed_code', 'edition', 'quarter_end as sub_period'],
        [
            'owed_duty_total',
            'prev_ended_total',
            'prev_ended_secured',
            'prev_ended_homeless',
            'relief_ended_total',
            'relief_ended_secured',
            'ta_total',
            'hh_in_area_000s',
            'bb_total',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'mhclg_homelessness', 'true') }}

)

select * from final
