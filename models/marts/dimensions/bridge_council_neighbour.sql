with

by_number as (

    -- Three DfE numbers belong to an old council and its successor: the neighbours are today's councils.
    select
        dfe_la_number,
        gss_code
    from {{ ref('stg_register__councils') }}
    where end_date is null

),

final as (

    select
        'ons_nearest_neighbours' as neighbour_set,
        gss_code,
        neighbour_rank,
        neighbour_gss_code,
        cast(null as {{ dbt.type_string() }}) as closeness
    from {{ ref('stg_ons__nearest_neighbours') }}
    union all
    select
        'dfe_statistical_neighbours' as neighbour_set,
        councils.gss_code,
        neighbours.neighbour_rank,
        neighbour_councils.gss_code as neighbour_gss_code,
        neighbours.closeness
    from {{ ref('stg_dfe__statistical_neighbours') }} as neighbours
    inner join by_number as councils
        on councils.dfe_la_number = neighbours.dfe_la_number
    inner join by_number as neighbour_councils
        on neighbour_councils.dfe_la_number = neighbours.neighbour_dfe_la_number

)

select * from final
