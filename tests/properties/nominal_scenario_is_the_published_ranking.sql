-- Property: the draw with every choice as published gives the published ranks, so that bands and scenarios come from
-- the same index.
select
    scenarios.edition,
    scenarios.ranking_id,
    scenarios.gss_code,
    scenarios.productivity_rank,
    ranking.productivity_rank as published_rank
from {{ ref('fct_ranking') }} as ranking
left join {{ ref('fct_scenario_ranking') }} as scenarios
    on
        scenarios.edition = ranking.edition
        and scenarios.ranking_id = ranking.ranking_id
        and scenarios.gss_code = ranking.gss_code
        and scenarios.scenario_id = 'nominal'
where
    -- what each choice alone does is told of lenses and overall only
    ranking.ranking_kind <> 'module'
    and ranking.productivity_rank is not null
    and (
        scenarios.gss_code is null
        or scenarios.productivity_rank <> ranking.productivity_rank
        or scenarios.places_gained <> 0
    )
