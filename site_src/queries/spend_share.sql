-- One row per edition and lens: does spend or outcome decide, and how wide the bands are.
select
    decided.edition,
    decided.ranking_id,
    decided.ranked_councils,
    decided.spend_share,
    decided.warning,
    bands.median_band_width,
    bands.mean_distance_to_median,
    bands.councils_surely_top_10
from marts.fct_spend_share as decided
left join marts.fct_rank_band_summary as bands using (edition, ranking_id)
order by decided.edition, decided.ranking_id
