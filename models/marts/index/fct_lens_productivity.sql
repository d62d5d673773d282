with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        ranking_id as lens_id,
        measures_active,
        measures_present,
        weight_present_share,
        outcome_score,
        outcome_score_worst_case,
        outcome_score_best_case,
        outcome_rank,
        spend_basis,
        spend_gbp,
        need_population,
        spend_per_head_gbp,
        spend_per_head_real_gbp,
        england_spend_per_head_gbp,
        spend_index,
        productivity,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile,
        not_ranked_reason
    from {{ ref('fct_ranking') }}
    where ranking_kind = 'lens'

)

select * from final
