-- A gap that waits for figures goes when they have come.
select distinct
    'measure_gaps.csv: missing_reason' as place,
    measure_states.measure_id as subject,
    'not_yet_published, ' || held.codes || ' held' as now,
    'delete it, or give another reason' as to_do
from measure_states
inner join held
    on
        held.publication_id = measure_states.publication_id
        and held.item_id = measure_states.numerator_item_id
where
    measure_states.state = 'gap'
    and measure_states.gap_reason = 'not_yet_published'
order by measure_states.measure_id
