-- Lines of spend of lenses and modules that have begun, one row each: those that count in the edition, and those that
-- ended before it without another line of the lens beginning in their place, about which nobody has decided: an edition
-- marked as one of the index in which none of the lens's measures counts needs none of its spend.
with

lines as (

    select
        spend_lines.*,
        asked.edition <= spend_lines.last_edition as counts,
        max(spend_lines.first_edition) over (partition by spend_lines.ranking_id) as newest_begins
    from spend_lines
    cross join asked
    inner join rankings as lenses
        on
            lenses.ranking_id = spend_lines.ranking_id
            and lenses.first_edition <= asked.edition
    where spend_lines.first_edition <= asked.edition

)

select
    ranking_id,
    publication_id,
    item_id,
    last_edition,
    counts,
    not counts
    and newest_begins <= last_edition
    and not (
        (select asked.is_index_edition from asked)
        and ranking_id not in (
            select measured.ranking_id
            from measure_states as measured
            where measured.state = 'counts'
        )
    ) as is_open
from lines
