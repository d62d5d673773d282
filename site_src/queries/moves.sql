-- One row per edition, council and lens that ranks it: how many of its measures could by themselves lift the rank
-- beyond its likely range.
select
    moves.edition,
    moves.gss_code,
    moves.ranking_id,
    lenses.ranking_order,
    lenses.ranking_name,
    count(*) as measures_scored,
    count(*) filter (where moves.rank_band_answer = 'within_reach_of_this_measure_alone') as measures_within_reach,
    bool_or(moves.rank_band_answer = 'band_reaches_the_top') as is_top_in_range
from marts.fct_what_would_move_it as moves
inner join marts.dim_ranking as lenses using (ranking_id)
inner join council_editions using (edition, gss_code)
group by moves.edition, moves.gss_code, moves.ranking_id, lenses.ranking_order, lenses.ranking_name
order by moves.edition, moves.gss_code, lenses.ranking_order
