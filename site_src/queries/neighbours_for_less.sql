-- One row per edition, ranked council, lens and nearest neighbour with a better outcome score for less spend per head.
select
    neighbours_for_less.*,
    count(*) over (
        partition by neighbours_for_less.edition, neighbours_for_less.gss_code, neighbours_for_less.ranking_id
    ) as councils_better_for_less
from neighbours_for_less
order by
    neighbours_for_less.edition,
    neighbours_for_less.gss_code,
    neighbours_for_less.ranking_order,
    neighbours_for_less.peer_order
