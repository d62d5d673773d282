-- One row per lens or module, edition and live council, ranked or not: its rank, quarter and quadrant beside the
-- figures they are made of.
with

productivity as (

    select * from {{ ref('int_rankings__productivity') }}

),

ranked as (

    select
        *,
        {{ council_productivity.rank_best_first('productivity', 'ranking_id, edition') }} as productivity_rank,
        {{ council_productivity.quadrant('outcome_score', 'spend_index', 'ranking_id, edition') }} as quadrant
    from productivity
    where not_ranked_reason is null

),

outcome_ranked as (

    select
        ranking_id,
        edition,
        gss_code,
        {{ council_productivity.rank_best_first('outcome_score', 'ranking_id, edition') }} as outcome_rank
    from productivity
    where outcome_score is not null

),

final as (

    select
        productivity.edition,
        productivity.gss_code,
        productivity.ranking_id,
        productivity.ranking_kind,
        productivity.measures_active,
        productivity.measures_present,
        productivity.weight_present_share,
        productivity.outcome_score,
        productivity.outcome_score_worst_case,
        productivity.outcome_score_best_case,
        outcome_ranked.outcome_rank,
        productivity.spend_basis,
        productivity.spend_gbp,
        productivity.need_population,
        productivity.spend_per_head_gbp,
        productivity.spend_per_head_real_gbp,
        productivity.england_spend_per_head_gbp,
        productivity.spend_index,
        productivity.productivity,
        productivity.productivity_to_median * 100 as productivity_index,
        ranked.productivity_rank,
        productivity.ranked_councils,
        {{ council_productivity.rank_group('ranked.productivity_rank', 'productivity.ranked_councils', 4) }}
            as productivity_quartile,
        {{ council_productivity.rank_group('ranked.productivity_rank', 'productivity.ranked_councils', 10) }}
            as productivity_decile,
        ranked.quadrant,
        productivity.not_ranked_reason
    from productivity
    left join ranked
        on
            ranked.ranking_id = productivity.ranking_id
            and ranked.edition = productivity.edition
            and ranked.gss_code = productivity.gss_code
    left join outcome_ranked
        on
            outcome_ranked.ranking_id = productivity.ranking_id
            and outcome_ranked.edition = productivity.edition
            and outcome_ranked.gss_code = productivity.gss_code

)

select * from final
