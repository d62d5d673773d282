-- Rule: no active measure is constant over the councils of an edition.
select
    measure_id,
    edition,
    min(value) as lowest_value,
    max(value) as highest_value,
    'a measure tells councils apart' as rule
from {{ ref('fct_measure_grade') }}
where is_active
group by measure_id, edition
having
    count(value) < 2
    or min(value) = max(value)
