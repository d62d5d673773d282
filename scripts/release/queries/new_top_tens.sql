-- Top tens of editions that the last release did not rank, against the edition ranked before in the same lens.
with

released as (

    select distinct
        edition,
        ranking_id
    from before.intermediate.int_rankings__published

),

fresh as (

    select ranking.*
    from after.intermediate.int_rankings__published as ranking
    anti join released using (edition, ranking_id)

),

earlier as (

    select
        fresh.ranking_id,
        fresh.edition,
        max(ranking.edition) as prior_edition
    from (select distinct
        ranking_id,
        edition
    from fresh) as fresh
    inner join after.intermediate.int_rankings__published as ranking
        on
            ranking.ranking_id = fresh.ranking_id
            and ranking.edition < fresh.edition
    group by fresh.ranking_id, fresh.edition

),

old as (

    select
        earlier.ranking_id,
        earlier.edition,
        earlier.prior_edition,
        ranking.gss_code,
        ranking.productivity_rank,
        ranking.ranked_councils
    from earlier
    inner join after.intermediate.int_rankings__published as ranking
        on
            ranking.ranking_id = earlier.ranking_id
            and ranking.edition = earlier.prior_edition

)

select
    rankings.ranking_name as "Lens",
    edition as "Edition",
    councils.council_name as "Council",
    case
        when coalesce(old.productivity_rank, 11) > 10 then 'new'
        when coalesce(fresh.productivity_rank, 11) > 10 then 'dropped out'
        when old.productivity_rank = fresh.productivity_rank then 'stays'
        else 'moved'
    end as "What",
    coalesce(old.productivity_rank || ' of ' || old.ranked_councils || ' in ' || old.prior_edition, 'not ranked')
        as "Rank before",
    coalesce(fresh.productivity_rank || ' of ' || fresh.ranked_councils, 'not ranked') as "Rank now"
from fresh
full join old using (edition, ranking_id, gss_code)
inner join after.marts.dim_council as councils using (gss_code)
inner join after.seeds.rankings as rankings using (ranking_id)
where least(coalesce(old.productivity_rank, 11), coalesce(fresh.productivity_rank, 11)) <= 10
order by rankings.ranking_order asc, edition desc, coalesce(fresh.productivity_rank, 999), gss_code asc
