-- One row per edition, council, set of peers and peer: the peer's overall standing, and who stands above whom.
select
    own.edition,
    own.gss_code,
    peers.peer_set,
    peers.peer_order,
    peers.peer_gss_code,
    standings.productivity_index,
    standings.productivity_rank,
    standings.ranked_councils,
    standings.rank_p05,
    standings.rank_p95,
    standings.not_ranked_reason,
    above.probability_above
from council_editions as own
inner join peers using (gss_code)
inner join standings
    on
        own.edition = standings.edition
        and peers.peer_gss_code = standings.gss_code
        and standings.ranking_id = 'overall'
left join marts.fct_neighbour_probability as above
    on
        own.edition = above.edition
        and own.gss_code = above.gss_code
        and peers.peer_gss_code = above.peer_gss_code
        and above.ranking_id = 'overall'
        and above.peer_group_id = 'ons_nearest_neighbours'
order by own.edition, own.gss_code, peers.peer_set, peers.peer_order
