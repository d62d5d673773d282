with

editions as (

    select * from {{ ref('stg_register__editions') }}

),

status as (

    select
        status.edition,
        cast(sum(case when status.is_scored then 1 else 0 end) as bigint) as lenses_scored
    from {{ ref('dim_ranking_edition') }} as status
    inner join {{ ref('dim_ranking') }} as rankings
        on
            rankings.ranking_id = status.ranking_id
            and rankings.ranking_kind = 'lens'
    group by status.edition

),

live as (

    select
        edition,
        count(*) as live_councils
    from {{ ref('int_calendar__live_councils') }}
    group by edition

),

overall as (

    select
        edition,
        is_latest
    from {{ ref('int_rankings__editions_ranked') }}
    where ranking_id = 'overall'

),

final as (

    select
        editions.edition,
        editions.start_date,
        editions.end_date,
        editions.is_index_edition,
        editions.not_index_reason,
        coalesce(status.lenses_scored, 0) as lenses_scored,
        overall.edition is not null as has_overall_ranking,
        coalesce(overall.is_latest, false) as is_headline,
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
    left join overall
        on overall.edition = editions.edition

)

select * from final
