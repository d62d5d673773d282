-- One row per ranking, edition and live council, ranked or not. What a lens or module scores has no counterpart
-- overall, which is made of the lenses.
with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        ranking_kind,
        cast(null as bigint) as lenses_scored,
        cast(null as bigint) as lenses_scored_in_edition,
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
        quadrant,
        not_ranked_reason
    from {{ ref('int_rankings__ranked') }}
    union all
    select
        edition,
        gss_code,
        'overall' as ranking_id,
        'overall' as ranking_kind,
        lenses_scored,
        lenses_scored_in_edition,
        cast(null as bigint) as measures_active,
        cast(null as bigint) as measures_present,
        cast(null as {{ council_productivity.number_type() }}) as weight_present_share,
        cast(null as {{ council_productivity.number_type() }}) as outcome_score,
        cast(null as {{ council_productivity.number_type() }}) as outcome_score_worst_case,
        cast(null as {{ council_productivity.number_type() }}) as outcome_score_best_case,
        cast(null as bigint) as outcome_rank,
        cast(null as {{ dbt.type_string() }}) as spend_basis,
        cast(null as {{ council_productivity.number_type() }}) as spend_gbp,
        cast(null as {{ council_productivity.number_type() }}) as need_population,
        cast(null as {{ council_productivity.number_type() }}) as spend_per_head_gbp,
        cast(null as {{ council_productivity.number_type() }}) as spend_per_head_real_gbp,
        cast(null as {{ council_productivity.number_type() }}) as england_spend_per_head_gbp,
        cast(null as {{ council_productivity.number_type() }}) as spend_index,
        cast(null as {{ council_productivity.number_type() }}) as productivity,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile,
        cast(null as {{ dbt.type_string() }}) as quadrant,
        not_ranked_reason
    from {{ ref('int_rankings__overall_ranked') }}

)

select * from final
