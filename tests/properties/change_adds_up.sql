-- Property: the change in productivity is the change in outcome less the change in spend, and spend is cash less
-- population less prices, to 1e-9; without a deflator of both editions it is cash less population less what England
-- spends, which for a lens is the change of its spend index. No change spans Census 2021 or editions that the register
-- does not pair.
with

deflators as (

    select * from {{ ref('stg_hmt__gdp_deflator') }}

),

based as (

    select
        changes.*,
        editions.change_from_edition,
        ln(standing.spend_index) - ln(standing_before.spend_index) as ln_index_change,
        case
            when deflators.edition is null or deflators_before.edition is null then 'england_spend'
            when deflators.basis like '%forecast%' or deflators_before.basis like '%forecast%' then 'deflator_forecast'
            else 'deflator'
        end as price_basis_expected
    from {{ ref('fct_change') }} as changes
    inner join {{ ref('dim_edition') }} as editions
        on editions.edition = changes.edition
    left join deflators
        on deflators.edition = changes.edition
    left join deflators as deflators_before
        on deflators_before.edition = changes.from_edition
    left join {{ ref('fct_ranking') }} as standing
        on
            standing.edition = changes.edition
            and standing.ranking_id = changes.ranking_id
            and standing.gss_code = changes.gss_code
    left join {{ ref('fct_ranking') }} as standing_before
        on
            standing_before.edition = changes.from_edition
            and standing_before.ranking_id = changes.ranking_id
            and standing_before.gss_code = changes.gss_code

)

select
    edition,
    from_edition,
    ranking_id,
    gss_code,
    ln_productivity_change,
    'the parts of a change add up, between the two editions the register pairs' as rule
from based
where
    abs(ln_productivity_change - (ln_outcome_change - ln_spend_change)) > 1e-9
    or abs(
        ln_spend_change
        - (ln_cash_change - ln_population_change - coalesce(ln_prices_change, ln_england_spend_change))
    ) > 1e-9
    or from_edition <> change_from_edition
    or (from_edition <= '2019-20' and edition >= '2021-22')
union all
select
    edition,
    from_edition,
    ranking_id,
    gss_code,
    ln_productivity_change,
    'a change says what makes spend comparable: prices where both are held, else what England spends' as rule
from based
where
    price_basis <> price_basis_expected
    or (ln_prices_change is null) <> (price_basis = 'england_spend')
    or (ln_england_spend_change is null) <> (price_basis <> 'england_spend')
    or (
        price_basis = 'england_spend'
        and ranking_id <> 'overall'
        and coalesce(abs(ln_spend_change - ln_index_change) > 1e-9, true)
    )
