-- One row per edition, lens and part: the weight given and the weight in effect.
select
    weights.edition,
    weights.lens_id,
    weights.subject_id,
    coalesce(lenses.lens_name, measures.measure_name) as subject_name,
    weights.nominal_weight,
    weights.effective_weight
from marts.fct_effective_weight as weights
left join marts.dim_lens as lenses on weights.subject_id = lenses.lens_id
left join marts.dim_measure as measures on weights.subject_id = measures.measure_id
order by weights.edition, weights.lens_id, weights.effective_weight desc
