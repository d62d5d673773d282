-- Reconciliation: in every ranking and edition the sum of what councils spend over the sum of those in need, where both
-- are held, is England's spend per head as fct_england has it and as every council's row is divided by. Rows of
-- councils that hold one of the two alone would put it up to 14 % off (housing, 2023-24).
with

councils as (

    select
        edition,
        ranking_id,
        sum(spend_with_need_gbp) / nullif(sum(need_population_with_spend), 0) as spend_per_head_gbp,
        min(england_spend_per_head_gbp) as least_divided_by,
        max(england_spend_per_head_gbp) as most_divided_by,
        sum(case when (spend_with_need_gbp is null) <> (need_population_with_spend is null) then 1 else 0 end)
            as councils_with_one_alone
    from {{ ref('fct_ranking') }}
    group by edition, ranking_id

)

select
    councils.edition,
    councils.ranking_id,
    councils.spend_per_head_gbp,
    councils.least_divided_by,
    councils.most_divided_by,
    councils.councils_with_one_alone,
    england.spend_per_head_gbp as england_spend_per_head_gbp
from councils
left join {{ ref('fct_england') }} as england
    on
        england.edition = councils.edition
        and england.ranking_id = councils.ranking_id
where
    england.ranking_id is null
    or councils.councils_with_one_alone > 0
    -- A billionth of a pound per head: more than the last bits of a sum.
    or coalesce(abs(councils.spend_per_head_gbp - england.spend_per_head_gbp) > 1e-8, false)
    or coalesce(abs(councils.least_divided_by - england.spend_per_head_gbp) > 1e-8, false)
    or coalesce(abs(councils.most_divided_by - england.spend_per_head_gbp) > 1e-8, false)
    or (councils.spend_per_head_gbp is null) <> (england.spend_per_head_gbp is null)
