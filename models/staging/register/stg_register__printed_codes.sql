with

register as (

    select * from {{ ref('printed_codes') }}

),

final as (

    select
        publication_id,
        printed_code,
        item_id,
        first_edition,
        last_edition,
        gss_code,
        use as code_use,
        note
    from register

)

select * from final
