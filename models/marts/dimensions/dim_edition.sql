with

editions as (

    select * from {{ ref('stg_register__editions') }}

),

status as (

    select
        edition,
        cast(sum(case when is_scored then 1 else 0 end) as bigint) as lenses_scored
    from {{ ref('dim_lens_edition') }}
    group by edition

),

live as (

    select
        edition,
        count(*) as live_councils
    from {{ ref('int_geography__live_councils') }}
    group by edition

),

final as (

    select
        editions.edition,
        editions.start_date,
        editions.end_date,
        editions.is_index_edition,
        editions.not_index_reason,
        coalesce(status.lenses_scored, 0) as lenses_scored,
        coalesce(status.lenses_scored, 0) >= {{ var('overall_minimum_lenses') }} as has_overall_ranking,
        live.live_councils,
        editions.population_year,
        editions.population_base,
        editions.population_basis,
        editions.change_from_edition,
        editions.no_change_reason
    from editions
    inner join live
        on live.edition = editions.edition
    left join status
        on status.edition = editions.edition

)

select * from final
