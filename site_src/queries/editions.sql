-- One row per edition; the first page of the site is the newest of those with the most lenses.
select
    *,
    row_number() over (order by lenses_scored desc, edition desc) = 1 as is_main,
    is_index_edition and edition = max(edition) filter (where is_index_edition) over () as is_newest
from marts.dim_edition
order by edition
