-- Rule: an edition of the index scores as many lenses, and ranks as many councils overall, as the register of editions
-- says that it does at least. Which lens lacks what: index_editions_score_a_lens.
with

ranked as (

    select
        edition,
        max(ranked_councils) as ranked_councils,
        max(lenses_scored_in_edition) as lenses_scored
    from {{ ref('fct_ranking') }}
    where ranking_id = 'overall'
    group by edition

)

select
    'editions' as seed,
    editions.edition,
    editions.minimum_lenses_scored,
    ranked.lenses_scored,
    editions.minimum_ranked_councils,
    ranked.ranked_councils,
    'lenses scored and councils ranked are as many as the register says at least' as rule
from {{ ref('stg_register__editions') }} as editions
left join ranked
    on ranked.edition = editions.edition
where
    editions.is_index_edition
    and (
        ranked.edition is null
        or editions.minimum_lenses_scored is null
        or editions.minimum_ranked_councils is null
        or ranked.lenses_scored < editions.minimum_lenses_scored
        or ranked.ranked_councils < editions.minimum_ranked_councils
    )
