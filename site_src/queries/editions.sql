-- One row per edition; the newest is the newest with an index, whether or not it has an overall ranking.
select
    *,
    is_index_edition and edition = max(edition) filter (where is_index_edition) over () as is_newest
from marts.dim_edition
order by edition
