with

register as (

    select * from {{ ref('missing_symbols') }}

),

final as (

    select
        publication_id,
        coalesce(symbol, '') as symbol,
        missing_reason,
        note
    from register

)

select * from final
