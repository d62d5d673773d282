-- One row per rank that moved between the releases, and why: rank_changes.
select
    edition,
    ranking_id,
    gss_code,
    council_name,
    released_rank,
    rank_now,
    ranked_councils,
    ln_change,
    explanation
from rank_changes
where released_rank <> rank_now
order by
    abs(rank_now - released_rank) desc,
    edition desc,
    ranking_id <> 'overall',
    ranking_id asc,
    gss_code asc
