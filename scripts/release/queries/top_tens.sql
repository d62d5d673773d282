-- Councils that are new in a top ten, that dropped out, or that moved within it, in editions that both releases rank:
-- of the whole, the lenses and the modules.
with

ranked as (

    select distinct
        edition,
        ranking_id
    from before.intermediate.int_rankings__published
    intersect
    select distinct
        edition,
        ranking_id
    from after.intermediate.int_rankings__published

),

old as (

    select ranking.*
    from before.intermediate.int_rankings__published as ranking
    semi join ranked using (edition, ranking_id)

),

new as (

    select ranking.*
    from after.intermediate.int_rankings__published as ranking
    semi join ranked using (edition, ranking_id)

)

select
    rankings.ranking_name as "Lens",
    edition as "Edition",
    councils.council_name as "Council",
    case
        when coalesce(old.productivity_rank, 11) > 10 then 'new'
        when coalesce(new.productivity_rank, 11) > 10 then 'dropped out'
        else 'moved'
    end as "What",
    coalesce(old.productivity_rank || ' of ' || old.ranked_councils, 'not ranked') as "Rank released",
    coalesce(new.productivity_rank || ' of ' || new.ranked_councils, 'not ranked') as "Rank now"
from old
full join new using (edition, ranking_id, gss_code)
inner join after.marts.dim_council as councils using (gss_code)
inner join after.seeds.rankings as rankings using (ranking_id)
where
    least(coalesce(old.productivity_rank, 11), coalesce(new.productivity_rank, 11)) <= 10
    and old.productivity_rank is distinct from new.productivity_rank
order by rankings.ranking_order asc, edition desc, coalesce(new.productivity_rank, 999), gss_code asc
