-- Each line of spend that made up a lens before goes on, unless other lines of the lens begin in its place: a line left
-- behind would make councils look cheap, and no line at all leaves the lens without spend.
with

left_behind as (

    select
        spend_states.ranking_id,
        spend_states.last_edition,
        case when count(*) = 1 then any_value(spend_states.item_id) else counted(count(*), 'line') end as lines_ended
    from spend_states
    left join held using (publication_id, item_id)
    left join publications_held using (publication_id)
    where
        spend_states.is_open
        -- a line that the publication prints no more has ended of itself
        and (
            held.codes is not null
            or publications_held.publication_id is null
        )
    group by spend_states.ranking_id, spend_states.last_edition

),

lines_by_lens as (

    select
        spend_lines.ranking_id,
        coalesce(bool_or(spend_states.counts), false) as some_count
    from spend_lines
    left join spend_states using (ranking_id)
    group by spend_lines.ranking_id

)

select
    'spend_lines.csv: ' || case when left_behind.ranking_id is null then 'ranking_id' else 'last_edition' end as place,
    lenses.ranking_id || coalesce(', ' || left_behind.lines_ended, '') as subject,
    coalesce(left_behind.last_edition, 'no line') as now,
    case
        when left_behind.ranking_id is null then 'its lines'
        when lines_by_lens.some_count then asked.edition || ', or begin the others anew'
        else asked.edition || ', or other lines'
    end as to_do
from rankings as lenses
inner join asked
    on asked.edition >= lenses.first_edition
left join left_behind using (ranking_id)
left join lines_by_lens using (ranking_id)
where
    lenses.ranking_kind <> 'overall'
    and (left_behind.ranking_id is not null or lines_by_lens.ranking_id is null)
order by lenses.ranking_order::integer
