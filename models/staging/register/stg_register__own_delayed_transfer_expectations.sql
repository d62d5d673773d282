with

register as (

    {{ council_productivity.own_register('delayed_transfer_expectations', [
        'gss_code',
        'month',
        'responsible',
        'expected_delayed_beds_per_day',
        'source',
    ]) }}

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
