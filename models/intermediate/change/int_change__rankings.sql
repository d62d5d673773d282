-- One row per lens or module, council and edition with an edition to compare with: the like-for-like change in
-- productivity (method, step 14). Only measures held in both editions count, on the same goalposts. Spend is per
-- head in constant prices, and England's own change does not enter; where no deflator is held for one of the editions,
-- it is per head relative to England's of its edition.
with

pairs as (

    select * from {{ ref('int_change__pairs') }}
    where is_like_for_like

),

graded as (

    select * from {{ ref('int_measures__graded') }}
    where score is not null

),

productivity as (

    select * from {{ ref('int_rankings__productivity') }}
    where not_ranked_reason is null

),

prices as (

    select * from {{ ref('stg_hmt__gdp_deflator') }}

),

shared_measures as (

    select
        now.ranking_id,
        now.edition,
        now.gss_code,
        count(*) as measures_compared,
        {{ council_productivity.round_score(council_productivity.weighted_mean('now.score', 'now.weight')) }}
            as outcome_now,
        {{ council_productivity.round_score(council_productivity.weighted_mean('before.score', 'now.weight')) }}
            as outcome_before
    from graded as now
    inner join pairs
        on
            pairs.ranking_id = now.ranking_id
            and pairs.edition = now.edition
    inner join graded as before
        on
            before.edition = pairs.from_edition
            and before.ranking_id = now.ranking_id
            and before.measure_id = now.measure_id
            and before.gss_code = now.gss_code
    group by now.ranking_id, now.edition, now.gss_code

),

compared as (

    select
        now.ranking_id,
        pairs.ranking_kind,
        now.edition,
        pairs.from_edition,
        pairs.price_basis,
        pairs.has_same_population_year,
        now.gss_code,
        coalesce(shared_measures.measures_compared, 0) as measures_compared,
        shared_measures.outcome_now,
        shared_measures.outcome_before,
        ln(now.spend_gbp) - ln(before.spend_gbp) as ln_cash_change,
        ln(now.need_population) - ln(before.need_population) as ln_population_change,
        case
            when pairs.price_basis <> 'england_spend'
                then ln(prices_now.gdp_deflator) - ln(prices_before.gdp_deflator)
        end as ln_prices_change,
        case
            when pairs.price_basis = 'england_spend'
                then ln(now.england_spend_per_head_gbp) - ln(before.england_spend_per_head_gbp)
        end as ln_england_spend_change
    from productivity as now
    inner join pairs
        on
            pairs.ranking_id = now.ranking_id
            and pairs.edition = now.edition
    inner join productivity as before
        on
            before.edition = pairs.from_edition
            and before.ranking_id = now.ranking_id
            and before.gss_code = now.gss_code
    left join prices as prices_now
        on prices_now.edition = now.edition
    left join prices as prices_before
        on prices_before.edition = pairs.from_edition
    left join shared_measures
        on
            shared_measures.ranking_id = now.ranking_id
            and shared_measures.edition = now.edition
            and shared_measures.gss_code = now.gss_code

),

changed as (

    select
        *,
        ln(outcome_now) - ln(outcome_before) as ln_outcome_change,
        ln_cash_change - ln_population_change - coalesce(ln_prices_change, ln_england_spend_change)
            as ln_spend_change
    from compared
    where measures_compared >= {{ var('lens_minimum_measures') }}

),

final as (

    select
        ranking_id,
        ranking_kind,
        edition,
        from_edition,
        price_basis,
        has_same_population_year,
        gss_code,
        measures_compared,
        outcome_now,
        outcome_before,
        ln_outcome_change,
        ln_spend_change,
        ln_cash_change,
        ln_population_change,
        ln_prices_change,
        ln_england_spend_change,
        ln_outcome_change - ln_spend_change as ln_productivity_change
    from changed

)

select * from final
