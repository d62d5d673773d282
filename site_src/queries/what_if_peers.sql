-- One row per edition, peer group that serves every ranking and live council: the places of its peers, each as two
-- signs of base 36.
select
    mine.edition,
    serving.peer_group_id,
    serving.peer_group_order,
    serving.peer_group_name,
    mine.gss_code,
    coalesce(string_agg(lpad(lower(to_base(theirs.place, 36)), 2, '0'), '' order by theirs.place), '') as members
from what_if_places as mine
cross join marts.dim_peer_group as serving
left join marts.bridge_council_peer as bridge
    on
        serving.peer_group_id = bridge.peer_group_id
        and mine.gss_code = bridge.gss_code
left join what_if_places as theirs
    on
        mine.edition = theirs.edition
        and bridge.peer_gss_code = theirs.gss_code
where serving.is_for_every_ranking
group by all
order by mine.edition, serving.peer_group_order, any_value(mine.place)
