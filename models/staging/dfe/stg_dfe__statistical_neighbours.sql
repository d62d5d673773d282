with

source as (

    select * from {{ ref('dfe_statistical_neighbours') }}

),

final as (

    select
        dfe_la_number,
        cast(neighbour_rank as bigint) as neighbour_rank,
        neighbour_dfe_la_number,
        trim(closeness) as closeness
    from source

)

select * from final
