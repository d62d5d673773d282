with

register as (

    select * from {{ ref('carried_figures') }}

),

final as (

    select
        {{ dbt.split_part('seed', "'/'", 2) }} as seed,
        part_column,
        part,
        cast(rows_carried as bigint) as rows_carried,
        source,
        note
    from register

)

select * from final
