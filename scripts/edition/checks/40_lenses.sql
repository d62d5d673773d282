-- A lens is computed from its first to its last edition. An edition beyond the last of all of them has an index in the
-- register and in no table. Move it for each lens that goes on.
select
    'rankings.csv: last_edition' as place,
    lenses.ranking_id as subject,
    lenses.last_edition as now,
    asked.edition as to_do
from rankings as lenses
cross join asked
where lenses.last_edition < asked.edition
order by lenses.ranking_order::integer
