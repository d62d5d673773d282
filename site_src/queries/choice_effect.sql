-- One row per edition, lens and choice of method: how far it alone moves ranks.
select
    effects.edition,
    effects.ranking_id,
    scenarios.scenario_order,
    scenarios.scenario_name,
    scenarios.question,
    effects.draws,
    effects.mean_rank_shift,
    effects.largest_rank_shift,
    effects.mean_rank_correlation
from marts.fct_choice_effect as effects
inner join marts.dim_scenario as scenarios using (scenario_id)
order by effects.edition, effects.ranking_id, effects.mean_rank_shift desc
