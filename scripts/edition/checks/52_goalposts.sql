-- A measure that counts has goalposts of the method version, and goalposts have their measure. Goalposts that are there
-- stay as they are: a new edition moves none.
select distinct
    'goalposts.csv: measure_id' as place,
    measure_states.measure_id as subject,
    'no row' as now,
    'make goalposts ONLY=' || measure_states.measure_id as to_do
from measure_states
anti join (
    select measure_id from goalposts
    where method_version = getvariable('method_version')::varchar
) as frozen using (measure_id)
where measure_states.state = 'counts'
union all
select
    'measures.csv: measure_id' as place,
    goalposts.measure_id as subject,
    'goalposts, no measure' as now,
    'put the measure back, or retire it' as to_do
from goalposts
anti join measures using (measure_id)
where goalposts.method_version = getvariable('method_version')::varchar
order by place, subject
