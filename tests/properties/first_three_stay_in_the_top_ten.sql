-- Rule: who is among the first three overall where lenses count as they spread is in the top ten of the published
-- index: how far apart councils lie in one lens decides nobody's place at the top.
select
    scenarios.edition,
    scenarios.gss_code,
    scenarios.productivity_rank,
    ranking.productivity_rank as published_rank,
    'the first three under other spreads stay in the top ten' as rule
from {{ ref('fct_scenario_ranking') }} as scenarios
inner join {{ ref('fct_ranking') }} as ranking
    on
        ranking.edition = scenarios.edition
        and ranking.ranking_id = scenarios.ranking_id
        and ranking.gss_code = scenarios.gss_code
where
    scenarios.ranking_id = 'overall'
    and scenarios.scenario_id = 'unscaled'
    and scenarios.productivity_rank <= 3
    and ranking.productivity_rank > 10
