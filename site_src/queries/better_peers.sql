-- One row per ranking, in its newest edition with ranked councils, ranked council and peer of it that had a better
-- outcome score for less spend per head; a council without such a peer has one row without one. A peer is one of the
-- peers of the ranking (dim_ranking.peer_group_id) that is ranked, too. How often in the draws the peer has the higher
-- productivity is known of lenses, not of modules.
with newest as (
    select
        ranking_id,
        max(edition) as edition
    from marts.fct_ranking
    where productivity_rank is not null and ranking_id <> 'overall'
    group by ranking_id
),

ranked as (
    select
        standing.edition,
        standing.ranking_id,
        standing.gss_code,
        standing.outcome_score,
        standing.spend_per_head_gbp,
        standing.spend_index
    from marts.fct_ranking as standing
    inner join newest using (ranking_id, edition)
    where standing.productivity_rank is not null
),

pairs as (
    select
        own.edition,
        own.ranking_id,
        own.gss_code,
        bridge.peer_group_id,
        bridge.peer_gss_code,
        bridge.peer_order,
        peers.outcome_score as peer_outcome_score,
        peers.spend_per_head_gbp as peer_spend_per_head_gbp,
        round(peers.outcome_score, 9) > round(own.outcome_score, 9)
        and round(peers.spend_index, 9) < round(own.spend_index, 9) as is_better_for_less
    from ranked as own
    inner join marts.dim_ranking as rankings using (ranking_id)
    inner join marts.bridge_council_peer as bridge
        on own.gss_code = bridge.gss_code and rankings.peer_group_id = bridge.peer_group_id
    inner join ranked as peers
        on own.ranking_id = peers.ranking_id and bridge.peer_gss_code = peers.gss_code
),

peer_counts as (
    select
        ranking_id,
        gss_code,
        count(*) as peers_ranked,
        count(*) filter (is_better_for_less) as peers_better_for_less
    from pairs
    group by ranking_id, gss_code
),

graded as (
    select
        grades.ranking_id,
        grades.gss_code,
        grades.measure_id,
        measures.measure_name,
        grades.score
    from marts.fct_measure_grade as grades
    inner join newest using (ranking_id, edition)
    inner join marts.dim_measure as measures using (measure_id)
    where grades.is_active and grades.score is not null
),

by_measure as (
    select
        pairs.ranking_id,
        pairs.gss_code,
        pairs.peer_gss_code,
        count(*) as measures_both_hold,
        count(*) filter (round(theirs.score, 9) > round(mine.score, 9)) as measures_better,
        max_by(mine.measure_name, (round(theirs.score - mine.score, 9), mine.measure_id)) as furthest_ahead_in,
        list(
            struct_pack(measure := mine.measure_name, own := mine.score, peer := theirs.score)
            order by round(mine.score - theirs.score, 9), mine.measure_id
        ) filter (round(theirs.score, 9) > round(mine.score, 9)) as better_in
    from pairs
    inner join graded as mine
        on pairs.ranking_id = mine.ranking_id and pairs.gss_code = mine.gss_code
    inner join graded as theirs
        on
            pairs.ranking_id = theirs.ranking_id
            and pairs.peer_gss_code = theirs.gss_code
            and mine.measure_id = theirs.measure_id
    where pairs.is_better_for_less
    group by pairs.ranking_id, pairs.gss_code, pairs.peer_gss_code
)

select
    own.edition,
    own.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    rankings.ranking_kind,
    rankings.peer_group_id,
    own.gss_code,
    own.outcome_score,
    own.spend_per_head_gbp,
    coalesce(peer_counts.peers_ranked, 0) as peers_ranked,
    coalesce(peer_counts.peers_better_for_less, 0) as peers_better_for_less,
    pairs.peer_gss_code,
    pairs.peer_outcome_score,
    pairs.peer_spend_per_head_gbp,
    100 * (1 - above.probability_above) as peer_ahead_pct,
    by_measure.measures_both_hold,
    by_measure.measures_better,
    by_measure.furthest_ahead_in,
    coalesce(by_measure.better_in, []) as better_in
from ranked as own
inner join marts.dim_ranking as rankings using (ranking_id)
inner join marts.dim_council as councils using (gss_code)
left join peer_counts using (ranking_id, gss_code)
left join pairs
    on own.ranking_id = pairs.ranking_id and own.gss_code = pairs.gss_code and pairs.is_better_for_less
left join by_measure
    on
        pairs.ranking_id = by_measure.ranking_id
        and pairs.gss_code = by_measure.gss_code
        and pairs.peer_gss_code = by_measure.peer_gss_code
left join marts.fct_neighbour_probability as above
    on
        pairs.edition = above.edition
        and pairs.ranking_id = above.ranking_id
        and pairs.gss_code = above.gss_code
        and pairs.peer_group_id = above.peer_group_id
        and pairs.peer_gss_code = above.peer_gss_code
order by rankings.ranking_order, own.ranking_id, councils.council_name, own.gss_code, pairs.peer_order
