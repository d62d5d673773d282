with

scenarios as (

    select * from {{ ref('stg_register__scenarios') }}
    where scenario_kind in ('choice', 'uncertainty')

),

ranking as (

    select * from {{ ref('fct_ranking') }}
    where productivity_rank is not null

),

shifts as (

    select
        draws.edition,
        draws.ranking_id,
        draws.scenario_id,
        draws.draw,
        ranking.productivity_rank,
        draws.productivity_rank as drawn_rank,
        abs(draws.productivity_rank - ranking.productivity_rank) as rank_shift
    from {{ ref('int_draws__ranks') }} as draws
    inner join scenarios
        on scenarios.scenario_id = draws.scenario_id
    inner join ranking
        on
            ranking.edition = draws.edition
            and ranking.ranking_id = draws.ranking_id
            and ranking.gss_code = draws.gss_code
    where
        draws.draw <= {{ var('effect_draws') }}
        -- the weights of the lenses do nothing within one
        and not (draws.ranking_id <> 'overall' and draws.scenario_id = 'only_lens_weights')

),

by_draw as (

    select
        edition,
        ranking_id,
        scenario_id,
        draw,
        avg(rank_shift) as mean_rank_shift,
        max(rank_shift) as largest_rank_shift,
        corr(productivity_rank, drawn_rank) as rank_correlation
    from shifts
    group by edition, ranking_id, scenario_id, draw

),

final as (

    select
        edition,
        ranking_id,
        scenario_id,
        count(*) as draws,
        {{ council_productivity.round_score('avg(mean_rank_shift)') }} as mean_rank_shift,
        max(largest_rank_shift) as largest_rank_shift,
        {{ council_productivity.round_score('avg(rank_correlation)') }} as mean_rank_correlation
    from by_draw
    group by edition, ranking_id, scenario_id

)

select * from final
