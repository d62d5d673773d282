with

register as (

    select * from {{ ref('editions') }}

),

final as (

    select
        edition,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        cast(population_year as bigint) as population_year,
        population_base,
        population_basis,
        is_index_edition = 'true' as is_index_edition,
        not_index_reason,
        change_from_edition,
        no_change_reason,
        cast(expected_councils as bigint) as expected_councils,
        cast(minimum_lenses_scored as bigint) as minimum_lenses_scored,
        cast(minimum_ranked_councils as bigint) as minimum_ranked_councils
    from register

)

select * from final
