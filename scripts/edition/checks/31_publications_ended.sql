-- Nothing of these publications is held for the edition, and the measures that they fed have ended. Either they go on
-- and are fetched, or the measures stay out: marking the edition as one of the index says so.
select
    measure_states.publication_id || '.csv' as place,
    case
        when count(distinct measure_states.measure_id) = 1 then any_value(measure_states.measure_id)
        else counted(count(distinct measure_states.measure_id), 'measure')
    end as subject,
    'held to ' || coalesce(any_value(publications.last_edition_held), 'no edition') as now,
    'make ingest, or nothing' as to_do
from measure_states
cross join asked
left join publications using (publication_id)
left join publications_held using (publication_id)
where
    publications_held.publication_id is null
    and measure_states.state = 'ended'
    and not asked.is_index_edition
group by measure_states.publication_id
order by place
