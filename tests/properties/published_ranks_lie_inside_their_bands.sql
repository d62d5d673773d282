-- Rule: the published rank lies inside its own band for at least nine councils of ten, in every lens, edition and
-- overall; a band that misses the ranks it is drawn around would say something else.
select
    edition,
    ranking_id,
    share_inside_band,
    'at least nine published ranks of ten lie inside their bands' as rule
from {{ ref('fct_rank_band_summary') }}
where share_inside_band < 0.9
