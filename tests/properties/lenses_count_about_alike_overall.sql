-- Rule: what a lens does to the overall index is between half of its weight and one and three quarters of it, in
-- every edition; lenses that lie further apart are brought to a like spread for that. What is left is how lenses go
-- together, which the spread that the method fixes does not undo: waste goes with no other lens, and may fall to
-- 0.35 (decisions 55 and 65).
select
    edition,
    subject_id,
    nominal_weight,
    effective_weight,
    'a lens counts overall for 0.5 to 1.75 times its weight' as rule
from {{ ref('fct_effective_weight') }}
where
    ranking_id = 'overall'
    and not effective_weight / nominal_weight
    between case when subject_id = 'waste_recycling' then 0.35 else 0.5 end and 1.75
