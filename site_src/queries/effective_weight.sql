-- One row per edition, lens and part: the weight given and the weight in effect.
select
    weights.edition,
    weights.ranking_id,
    weights.subject_id,
    coalesce(lenses.ranking_name, measures.measure_name) as subject_name,
    weights.nominal_weight,
    weights.effective_weight
from marts.fct_effective_weight as weights
left join marts.dim_ranking as lenses on weights.subject_id = lenses.ranking_id
left join marts.dim_measure as measures on weights.subject_id = measures.measure_id
order by weights.edition, weights.ranking_id, weights.effective_weight desc
