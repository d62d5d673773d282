with

final as (

    select
        standing.edition,
        standing.gss_code,
        standing.ranking_id,
        standing.ranking_kind,
        standing.lenses_scored,
        standing.lenses_scored_in_edition,
        standing.measures_active,
        standing.measures_present,
        standing.weight_present_share,
        standing.outcome_score,
        standing.outcome_score_worst_case,
        standing.outcome_score_best_case,
        standing.outcome_rank,
        standing.spend_basis,
        standing.spend_gbp,
        standing.need_population,
        case when standing.need_population is not null then standing.spend_gbp end as spend_with_need_gbp,
        case when standing.spend_gbp is not null then standing.need_population end as need_population_with_spend,
        standing.spend_per_head_gbp,
        standing.spend_per_head_real_gbp,
        standing.england_spend_per_head_gbp,
        standing.spend_index,
        standing.productivity,
        standing.productivity_index,
        standing.productivity_rank,
        standing.ranked_councils,
        standing.productivity_quartile,
        standing.productivity_decile,
        standing.quadrant,
        bands.probability_ranked,
        bands.rank_p05,
        bands.rank_median,
        bands.rank_p95,
        bands.probability_top_10,
        bands.probability_top_quartile,
        standing.not_ranked_reason
    from {{ ref('int_rankings__standing') }} as standing
    left join {{ ref('int_draws__banded') }} as bands
        on
            bands.edition = standing.edition
            and bands.ranking_id = standing.ranking_id
            and bands.gss_code = standing.gss_code

)

select * from final
