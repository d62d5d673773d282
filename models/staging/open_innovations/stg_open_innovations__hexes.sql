with

source as (

    select * from {{ ref('open_innovations_hexes') }}

),

final as (

    select
        gss_code,
        cast(hex_column as bigint) as hex_column,
        cast(hex_row as bigint) as hex_row,
        placed_by
    from source

)

select * from final
