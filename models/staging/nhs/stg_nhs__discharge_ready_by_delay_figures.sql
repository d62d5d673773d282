with

source as (

    select * from {{ ref('nhs_discharge_ready_by_delay') }}
    where printed_code <> 'E92000001'

),

extended as (

    -- Patients are whole: engines write a double with and without a decimal.
    select
        *,
        cast(
            cast(
                {{ council_productivity.to_number('discharges') }}
                - {{ council_productivity.to_number('discharged_no_delay') }}
                as bigint
            ) as {{ dbt.type_string() }}
        ) as discharged_delayed,
        cast(
            cast(
                {{ council_productivity.to_number('discharged_seven_thirteen') }}
                + {{ council_productivity.to_number('discharged_fourteen_twenty') }}
                + {{ council_productivity.to_number('discharged_twenty_one_plus') }}
                as bigint
            ) as {{ dbt.type_string() }}
        ) as discharged_seven_plus
    from source

),

printed as (

    {{ council_productivity.unpivot_items(
        'extended',
        ['printed_code', 'period as edition', 'period as sub_period'],
        [
            'discharges', 'discharged_no_delay', 'discharged_delayed', 'discharged_seven_plus',
            'discharged_twenty_one_plus', 'bed_days_after_ready_date',
        ]
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'nhs_discharge_ready_by_delay', 'true') }}

)

select * from final
