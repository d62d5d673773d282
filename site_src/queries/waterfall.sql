-- One row per edition, council, ranking and step of its change, like for like: productivity of the edition before is
-- 100, then what the outcome, cash, people and prices (or England's spend) add, in hundredths of it; the steps add up.
with steps as (
    select
        changes.edition,
        changes.gss_code,
        changes.ranking_id,
        changes.from_edition,
        changes.price_basis,
        step.step_order,
        step.step_id,
        case step.step_id
            when 'before' then 100
            when 'outcome' then changes.change_per_ln_pct * changes.ln_outcome_change
            when 'cash' then -changes.change_per_ln_pct * changes.ln_cash_change
            when 'population' then changes.change_per_ln_pct * changes.ln_population_change
            when 'prices' then changes.change_per_ln_pct * changes.ln_prices_change
            when 'england_spend' then changes.change_per_ln_pct * changes.ln_england_spend_change
        end as points
    from marts.fct_change as changes
    cross join (
        values (1, 'before'), (2, 'outcome'), (3, 'cash'), (4, 'population'), (5, 'prices'), (6, 'england_spend')
    ) as step (step_order, step_id)
),

running as (
    select
        *,
        sum(points) over (partition by edition, gss_code, ranking_id order by step_order) as level_after
    from steps
    where points is not null
),

final as (
    select
        edition,
        gss_code,
        ranking_id,
        from_edition,
        price_basis,
        step_order,
        step_id,
        points,
        level_after - points as level_before,
        level_after
    from running
    union all
    select
        edition,
        gss_code,
        ranking_id,
        from_edition,
        price_basis,
        7 as step_order,
        'now' as step_id,
        sum(points) as points,
        0 as level_before,
        sum(points) as level_after
    from running
    group by edition, gss_code, ranking_id, from_edition, price_basis
)

select
    final.*,
    rankings.ranking_order,
    rankings.ranking_name
from final
inner join marts.dim_ranking as rankings using (ranking_id)
order by final.edition, final.gss_code, rankings.ranking_order, final.step_order
