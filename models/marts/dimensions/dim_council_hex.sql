with

hexes as (

    select * from {{ ref('stg_open_innovations__hexes') }}

),

councils as (

    select * from {{ ref('dim_council') }}

),

final as (

    select
        councils.gss_code,
        hexes.hex_column,
        hexes.hex_row,
        hexes.placed_by
    from councils
    left join hexes
        on hexes.gss_code = councils.gss_code

)

select * from final
