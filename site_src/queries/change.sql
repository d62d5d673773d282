-- One row per edition, council and lens: the change since the edition before, like for like, with its band.
select
    changes.edition,
    changes.gss_code,
    changes.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    changes.from_edition,
    changes.price_basis,
    changes.has_same_population_year,
    changes.productivity_change_pct,
    changes.productivity_change_pct_p05,
    changes.productivity_change_pct_p95,
    changes.outcome_change_pct,
    changes.spend_change_pct,
    changes.change_verdict
from marts.fct_change as changes
inner join marts.dim_ranking as rankings using (ranking_id)
order by changes.edition, changes.gss_code, rankings.ranking_order
