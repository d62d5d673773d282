-- One row per edition, lens and council whose change is more than noise, best ten.
select improved.*
from marts.fct_most_improved as improved
where improved.improvement_rank <= 10
order by improved.edition, improved.ranking_id, improved.improvement_rank, improved.council_name
