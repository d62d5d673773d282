-- The names of the lenses in the list.
select lenses.ranking_name
from {{ ref('council_productivity', 'dim_ranking') }} as lenses
where lenses.ranking_id in (select favourites.ranking_id from {{ ref('favourites') }} as favourites)
