-- How the measures of a lens go together, each turned so that more is better. Run once on each database.
select
    edition,
    ranking_id,
    measure_id,
    other_measure_id,
    councils,
    correlation
from marts.fct_measure_correlation
