-- Publications of which any figure of the edition is held, one row each.
select distinct publication_id
from held
-- an area serves editions whose people are not held
where item_id <> 'area_sq_km'
