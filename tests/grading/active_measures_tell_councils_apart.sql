-- Rule: no active measure is constant over the councils of an edition.
select
    measure_id,
    edition,
    min(measure_value) as lowest_value,
    max(measure_value) as highest_value,
    'a measure tells councils apart' as rule
from {{ ref('int_measures__graded') }}
where is_active
group by measure_id, edition
having
    count(measure_value) < 2
    or min(measure_value) = max(measure_value)
