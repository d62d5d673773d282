with

source as (

    select * from {{ ref('nhs_delayed_transfers') }}
    where printed_code <> 'E92000001'

),

dated as (

    select
        *,
        case
            when substr(month, 6, 2) >= '04'
                then {{ council_productivity.edition_starting_in('cast(left(month, 4) as integer)') }}
            else {{ council_productivity.edition_starting_in('cast(left(month, 4) as integer) - 1') }}
        end as edition
    from source

),

printed as (

    {{ council_productivity.unpivot_items(
        'dated',
        ['printed_code', 'edition', 'month as sub_period'],
        ['days_total', 'days_nhs', 'days_social_care', 'days_both']
        + council_productivity.delayed_transfer_reasons()
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_delayed_transfers', 'true') }}

)

select * from final
