-- One row per council and edition of the module: outcome by domain, spend, standing, change.
select
    standing.gss_code,
    standing.edition,
    standing.outcome_score,
    standing.peer_outcome_score,
    standing.referral_score,
    standing.peer_referral_score,
    standing.protection_score,
    standing.peer_protection_score,
    standing.care_score,
    standing.peer_care_score,
    standing.leaving_care_score,
    standing.peer_leaving_care_score,
    standing.youth_justice_score,
    standing.peer_youth_justice_score,
    standing.spend_per_child_gbp as spend_per_head_gbp,
    standing.england_spend_per_child_gbp as england_spend_per_head_gbp,
    standing.peer_spend_per_child_gbp as peer_spend_per_head_gbp,
    standing.spend_index,
    standing.productivity_index,
    standing.productivity_rank,
    standing.ranked_councils,
    standing.rank_p05,
    standing.rank_p95,
    standing.quadrant,
    standing.measures_present,
    standing.measures_active,
    standing.not_ranked_reason,
    changes.outcome_from_edition,
    changes.outcome_score_change,
    changes.productivity_from_edition,
    changes.price_basis,
    changes.has_same_population_year,
    changes.productivity_change_pct,
    changes.productivity_change_pct_p05,
    changes.productivity_change_pct_p95,
    changes.outcome_change_pct,
    coalesce(changes.real_spend_per_head_change_pct, changes.spend_to_england_change_pct) as spend_change_pct,
    changes.change_verdict,
    changes.no_change_reason
from marts.fct_childrens_services as standing
inner join councils using (gss_code)
left join marts.fct_module_change as changes
    on
        changes.ranking_id = 'childrens_services'
        and standing.gss_code = changes.gss_code
        and standing.edition = changes.edition
order by standing.gss_code, standing.edition
