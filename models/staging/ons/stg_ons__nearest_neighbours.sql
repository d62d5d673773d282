with

source as (

    select * from {{ ref('ons_nearest_neighbours') }}

),

final as (

    select
        gss_code,
        cast(neighbour_rank as bigint) as neighbour_rank,
        neighbour_gss_code
    from source

)

select * from final
