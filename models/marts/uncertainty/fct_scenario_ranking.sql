with

scenarios as (

    select * from {{ ref('stg_register__scenarios') }}
    where scenario_kind = 'switchboard'

),

ranks as (

    select
        draws.edition,
        draws.ranking_id,
        draws.scenario_id,
        draws.gss_code,
        draws.productivity,
        draws.productivity_rank,
        count(*) over (partition by draws.edition, draws.ranking_id, draws.scenario_id) as ranked_councils
    from {{ ref('int_draws__ranks') }} as draws
    inner join scenarios
        on scenarios.scenario_id = draws.scenario_id

),

final as (

    select
        ranks.edition,
        ranks.gss_code,
        ranks.ranking_id,
        ranks.scenario_id,
        ranks.productivity_rank,
        ranks.ranked_councils,
        nominal.productivity_rank - ranks.productivity_rank as places_gained
    from ranks
    inner join ranks as nominal
        on
            nominal.edition = ranks.edition
            and nominal.ranking_id = ranks.ranking_id
            and nominal.gss_code = ranks.gss_code
            and nominal.scenario_id = 'nominal'

)

select * from final
