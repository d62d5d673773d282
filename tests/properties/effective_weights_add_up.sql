-- Property: the nominal and the effective weights of a lens, and of the lenses overall, each add up to 1.
select
    edition,
    ranking_id,
    sum(nominal_weight) as nominal_weights,
    sum(effective_weight) as effective_weights
from {{ ref('fct_effective_weight') }}
group by edition, ranking_id
having
    abs(sum(nominal_weight) - 1) > 1e-9
    or abs(sum(effective_weight) - 1) > 1e-9
