{% set lengths = ['one_day', 'two_three', 'four_six', 'seven_thirteen', 'fourteen_twenty', 'twenty_one_plus'] %}

with

source as (

    select * from {{ ref('nhs_discharge_ready_by_delay') }}
    where printed_code <> 'E92000001'

),

extended as (

    -- Patients are whole: engines write a double with and without a decimal.
    select
        *,
        {% for item, added in [('discharged_delayed', lengths), ('discharged_seven_plus', lengths[3:])] %}
            cast(
                cast(
                    {% for length in added %}
                        {{ council_productivity.to_number('discharged_' ~ length) }} {{ '+' if not loop.last }}
                    {% endfor %}
                    as bigint
                ) as {{ dbt.type_string() }}
            ) as {{ item }}{{ ',' if not loop.last }}
        {% endfor %}
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
