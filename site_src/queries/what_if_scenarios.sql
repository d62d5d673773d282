-- One row per edition, council ranked overall and published scenario: its rank in it.
select
    ranks.edition,
    ranks.gss_code,
    scenarios.scenario_id,
    scenarios.scenario_order,
    scenarios.scenario_name,
    scenarios.question,
    ranks.productivity_rank,
    ranks.ranked_councils,
    ranks.places_gained
from marts.fct_scenario_ranking as ranks
inner join marts.dim_scenario as scenarios using (scenario_id)
where ranks.ranking_id = 'overall'
order by ranks.edition, ranks.gss_code, scenarios.scenario_order
