with

register as (

    select * from {{ ref('frozen_figures') }}
    where method_version = '{{ var("method_version") }}'

),

final as (

    select
        subject_kind,
        subject_id,
        cast(values_held as bigint) as values_held,
        {{ council_productivity.to_number('values_total') }} as values_total
    from register

)

select * from final
