with

register as (

    select * from {{ ref('accepted_rows') }}

),

final as (

    select
        data_test,
        subject,
        reason,
        last_edition
    from register

)

select * from final
