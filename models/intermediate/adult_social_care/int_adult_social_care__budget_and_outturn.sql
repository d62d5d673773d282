-- One row per edition with budgets held and live council: net current expenditure on adult social care as budgeted
-- and as spent, the difference, and England's over the councils that hold both.
with

live as (

    select * from {{ ref('int_calendar__ranking_councils') }}
    where ranking_id = 'adult_social_care'

),

figures as (

    select * from {{ ref('int_figures__by_council') }}

),

editions_with_budgets as (

    select distinct edition
    from figures
    where
        publication_id = 'mhclg_revenue_budget'
        and item_id = 'asc_total'

),

paired as (

    select
        live.edition,
        live.gss_code,
        -- both publications print thousands of pounds
        budgets.figure_value * 1000 as budget_gbp,
        outturns.figure_value * 1000 as outturn_gbp,
        case
            when coalesce(budgets.figure_value, 0) <= 0 then 'no_budget'
            when coalesce(outturns.figure_value, 0) <= 0 then 'no_outturn'
        end as missing_reason
    from live
    inner join editions_with_budgets
        on editions_with_budgets.edition = live.edition
    left join figures as budgets
        on
            budgets.publication_id = 'mhclg_revenue_budget'
            and budgets.item_id = 'asc_total'
            and budgets.edition = live.edition
            and budgets.gss_code = live.gss_code
    left join figures as outturns
        on
            outturns.publication_id = 'mhclg_revenue_outturn'
            and outturns.item_id = 'adult_social_care'
            and outturns.edition = live.edition
            and outturns.gss_code = live.gss_code

),

england as (

    select
        edition,
        {{ council_productivity.round_score('100 * (sum(outturn_gbp) / sum(budget_gbp) - 1)') }}
            as england_over_budget_pct
    from paired
    where missing_reason is null
    group by edition

),

final as (

    select
        paired.edition,
        paired.gss_code,
        paired.budget_gbp,
        paired.outturn_gbp,
        case when paired.missing_reason is null then paired.outturn_gbp - paired.budget_gbp end as over_budget_gbp,
        case
            when paired.missing_reason is null
                then {{ council_productivity.round_score('100 * (paired.outturn_gbp / paired.budget_gbp - 1)') }}
        end as over_budget_pct,
        england.england_over_budget_pct,
        paired.missing_reason
    from paired
    inner join england
        on england.edition = paired.edition

)

select * from final
