-- Lenses and modules in the edition, one row each: active measures by the register, those that have figures, lines of
-- spend that have, and whether the lens could be scored with what is there.
with

without_figures as (

    select distinct needed_for as measure_id
    from needed
    where
        needed_by = 'measure'
        and codes = 0

),

measured as (

    select
        measure_states.ranking_id,
        count(*) filter (measure_states.state = 'counts') as active,
        count(*) filter (measure_states.state = 'counts' and without_figures.measure_id is null) as with_figures,
        count(distinct measure_states.domain_id) filter (
            measure_states.state = 'counts' and without_figures.measure_id is null
        ) as domains_held,
        count(*) filter (measure_states.state = 'gap') as gaps,
        count(*) filter (measure_states.state = 'ended') as ended
    from measure_states
    left join without_figures using (measure_id)
    group by measure_states.ranking_id

),

registered_domains as (

    select
        ranking_id,
        count(*) as domains
    from domains
    group by ranking_id

),

spent as (

    select
        spend_states.ranking_id,
        count(*) as lines,
        count(held.item_id) as lines_held
    from spend_states
    left join held using (publication_id, item_id)
    where
        spend_states.counts
        or spend_states.is_open
    group by spend_states.ranking_id

),

counted_up as (

    select
        lenses.ranking_name,
        lenses.ranking_order::integer as ranking_order,
        measured.active,
        measured.with_figures,
        measured.domains_held,
        registered_domains.domains,
        measured.gaps,
        measured.ended,
        coalesce(spent.lines, 0) as lines,
        coalesce(spent.lines_held, 0) as lines_held
    from rankings as lenses
    inner join measured using (ranking_id)
    left join registered_domains using (ranking_id)
    left join spent using (ranking_id)

)

select
    ranking_name as "Lens or module",
    active as "Active",
    with_figures as "With figures",
    gaps as "Gaps",
    ended as "Ended before",
    lines_held || ' of ' || lines as "Spend lines held",
    case
        when with_figures < getvariable('lens_minimum_active_measures')
            then 'no: ' || with_figures || ' of ' || getvariable('lens_minimum_active_measures') || ' measures'
        when domains_held < getvariable('lens_minimum_domain_share') * domains
            then 'no: measures in ' || domains_held || ' of ' || domains || ' domains'
        when lines_held < lines or lines = 0 then 'no: spend'
        else 'yes'
    end as "Scored"
from counted_up
order by ranking_order
