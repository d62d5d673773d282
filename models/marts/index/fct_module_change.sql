with

final as (

    select
        changes.edition,
        changes.ranking_id,
        changes.gss_code,
        changes.outcome_from_edition,
        changes.measures_compared,
        changes.outcome_score_then,
        changes.outcome_score_now,
        changes.outcome_score_change,
        outcome_peers.peer_median as peer_outcome_score_change,
        changes.productivity_from_edition,
        changes.price_basis,
        changes.has_same_population_year,
        100 * (exp(changes.ln_outcome_change) - 1) as outcome_change_pct,
        100 * (changes.cash_spend_ratio - 1) as cash_spend_per_head_change_pct,
        case when changes.price_basis <> 'england_spend' then 100 * (exp(changes.ln_spend_change) - 1) end
            as real_spend_per_head_change_pct,
        case when changes.price_basis = 'england_spend' then 100 * (exp(changes.ln_spend_change) - 1) end
            as spend_to_england_change_pct,
        changes.productivity_change_pct,
        100 * (exp(changes.ln_productivity_change_p05) - 1) as productivity_change_pct_p05,
        100 * (exp(changes.ln_productivity_change_p95) - 1) as productivity_change_pct_p95,
        changes.change_verdict,
        productivity_peers.peer_median as peer_productivity_change_pct,
        changes.no_change_reason
    from {{ ref('int_verdicts__modules') }} as changes
    left join {{ ref('int_peers__medians') }} as outcome_peers
        on
            outcome_peers.is_default
            and outcome_peers.ranking_id = changes.ranking_id
            and outcome_peers.figure_id = 'outcome_score_change'
            and outcome_peers.edition = changes.edition
            and outcome_peers.gss_code = changes.gss_code
    left join {{ ref('int_peers__medians') }} as productivity_peers
        on
            productivity_peers.is_default
            and productivity_peers.ranking_id = changes.ranking_id
            and productivity_peers.figure_id = 'productivity_change_pct'
            and productivity_peers.edition = changes.edition
            and productivity_peers.gss_code = changes.gss_code

)

select * from final
