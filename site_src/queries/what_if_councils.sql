-- One row per edition with an overall ranking and live council, in the order of their places: its published standing.
select
    standings.*,
    places.title,
    places.place
from standings
inner join what_if_places as places using (edition, gss_code)
inner join marts.dim_edition as editions using (edition)
where
    standings.ranking_id = 'overall'
    and editions.has_overall_ranking
order by standings.edition, places.place
