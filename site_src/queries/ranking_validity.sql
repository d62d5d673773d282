-- One row per ranking, outside judgement and figure of the ranking: do they put councils in the same order?
select *
from judged_rankings
order by ranking_order, judgement_name, figure_id desc
