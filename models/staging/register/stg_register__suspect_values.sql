with

register as (

    select * from {{ ref('suspect_values') }}

),

final as (

    select
        publication_id,
        item_id,
        printed_code,
        edition,
        value_raw,
        missing_reason,
        note
    from register

)

select * from final
