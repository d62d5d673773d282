-- One row per council and lens of an edition that the last release did not rank, with its move since the edition ranked
-- before and the largest parts of it, from fct_position_decomposition. All of it is new data.
with

released as (

    select distinct
        edition,
        ranking_id
    from before.intermediate.int_rankings__published

),

fresh as (

    select ranking.*
    from after.marts.fct_ranking as ranking
    anti join released using (edition, ranking_id)
    where ranking.ranking_kind <> 'module'

),

parts as (

    select
        edition,
        ranking_id,
        gss_code,
        reference_edition,
        case
            when ranking_id = 'overall' then component_ranking_id || ': ' || component_id
            else component_id
        end as component,
        ln_contribution as part,
        row_number() over (
            partition by edition, ranking_id, gss_code
            order by abs(ln_contribution) desc, component_ranking_id, component_kind asc, component_id asc
        ) as place
    from after.marts.fct_position_decomposition
    where reference_kind = 'last_edition'

),

told as (

    select
        edition,
        ranking_id,
        gss_code,
        any_value(reference_edition) as prior_edition,
        string_agg(component || ' ' || printf('%+.1f %%', 100 * part), '; ' order by place) as explanation
    from parts
    where place <= 4
    group by edition, ranking_id, gss_code

)

select
    fresh.edition,
    fresh.ranking_id,
    fresh.gss_code,
    councils.council_name,
    old.productivity_rank as released_rank,
    fresh.productivity_rank as rank_now,
    fresh.ranked_councils,
    told.prior_edition,
    told.explanation
from fresh
inner join told using (edition, ranking_id, gss_code)
inner join after.marts.fct_ranking as old
    on
        old.edition = told.prior_edition
        and old.ranking_id = fresh.ranking_id
        and old.gss_code = fresh.gss_code
inner join after.marts.dim_council as councils on councils.gss_code = fresh.gss_code
where old.productivity_rank <> fresh.productivity_rank
order by
    abs(old.productivity_rank - fresh.productivity_rank) desc,
    fresh.edition desc,
    fresh.ranking_id <> 'overall',
    fresh.ranking_id asc,
    fresh.gss_code asc
