with

register as (

    select * from {{ ref('delayed_transfer_expectations') }}

),

final as (

    select
        gss_code,
        month,
        responsible,
        {{ council_productivity.to_number('expected_delayed_beds_per_day') }} as expected_delayed_beds_per_day,
        source
    from register

)

select * from final
