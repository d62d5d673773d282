-- One row per measure of a lens, the ten first of whose score most is the type of council.
select
    by_type.ranking_id,
    rankings.ranking_name,
    by_type.measure_id,
    measures.measure_name,
    100 * by_type.council_type_share as council_type_pct,
    by_type.editions,
    by_type.councils
from marts.fct_measure_council_type as by_type
inner join marts.dim_ranking as rankings using (ranking_id)
inner join marts.dim_measure as measures using (measure_id)
where rankings.ranking_kind = 'lens' and by_type.council_type_share is not null
order by by_type.council_type_share desc, measures.measure_name, rankings.ranking_order
limit 10
