with

source as (

    select * from {{ ref('nhs_discharge_ready') }}
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
        ['discharges', 'discharged_no_delay', 'discharged_delayed', 'bed_days_after_ready_date']
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_discharge_ready', 'true') }}

)

select * from final
