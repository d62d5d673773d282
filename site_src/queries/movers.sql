-- One row per edition, ranking and council compared with an earlier edition: the change of productivity with its likely
-- range, its two parts (outcome, spend) and the larger of them, with how many councils of the ranking rose, fell and
-- cannot be told from noise. A lens and overall are compared with the edition before, a module with its first one.
with changes as (
    select
        edition,
        ranking_id,
        gss_code,
        from_edition,
        price_basis,
        productivity_change_pct,
        productivity_change_pct_p05,
        productivity_change_pct_p95,
        outcome_change_pct,
        spend_change_pct,
        change_verdict
    from marts.fct_change
    union all
    select
        edition,
        ranking_id,
        gss_code,
        productivity_from_edition as from_edition,
        price_basis,
        productivity_change_pct,
        productivity_change_pct_p05,
        productivity_change_pct_p95,
        outcome_change_pct,
        coalesce(real_spend_per_head_change_pct, spend_to_england_change_pct) as spend_change_pct,
        change_verdict
    from marts.fct_module_change
    where change_verdict is not null
),

parts as (
    -- Productivity changes by the outcome's factor over the spend's: the parts add up as logarithms. Both are turned
    -- the way the change went, so that the larger one did more for it.
    select
        *,
        round(productivity_change_pct, 9) as rounded_change,
        round(sign(productivity_change_pct) * ln(1 + outcome_change_pct / 100), 9) as by_outcome,
        round(-sign(productivity_change_pct) * ln(1 + spend_change_pct / 100), 9) as by_spend
    from changes
),

caused as (
    select
        *,
        case
            when change_verdict = 'cannot_be_told_from_noise' then null
            when by_outcome > by_spend then 'outcome'
            when by_outcome < by_spend then 'spend'
            else 'both_alike'
        end as larger_part
    from parts
),

counted as (
    select
        *,
        count(*) over compared as councils_compared,
        count(*) filter (change_verdict = 'improved') over compared as councils_improved,
        count(*) filter (change_verdict = 'declined') over compared as councils_declined,
        count(*) filter (change_verdict = 'cannot_be_told_from_noise') over compared as councils_within_noise,
        count(*) filter (change_verdict = 'improved' and larger_part = 'outcome') over compared as improved_by_outcome,
        count(*) filter (change_verdict = 'improved' and larger_part = 'spend') over compared as improved_by_spend,
        count(*) filter (change_verdict = 'declined' and larger_part = 'outcome') over compared as declined_by_outcome,
        count(*) filter (change_verdict = 'declined' and larger_part = 'spend') over compared as declined_by_spend
    from caused
    window compared as (partition by edition, ranking_id)
),

named as (
    select
        counted.*,
        rankings.ranking_order,
        rankings.ranking_name,
        rankings.ranking_kind,
        councils.council_name
    from counted
    inner join marts.dim_ranking as rankings using (ranking_id)
    inner join marts.dim_council as councils using (gss_code)
)

select
    * exclude (rounded_change, by_outcome, by_spend, council_name),
    row_number() over (
        partition by edition, ranking_id, change_verdict
        order by
            case change_verdict when 'improved' then -rounded_change when 'declined' then rounded_change end,
            council_name,
            gss_code
    ) as list_position
from named
order by edition, ranking_order, ranking_id, change_verdict, list_position
