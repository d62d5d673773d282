with

register as (

    select * from {{ ref('measure_gaps') }}

),

final as (

    select
        measure_id,
        edition,
        missing_reason,
        note
    from register

)

select * from final
