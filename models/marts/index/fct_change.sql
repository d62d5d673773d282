with

lens_changes as (

    select * from {{ ref('int_change__rankings') }}
    where ranking_kind = 'lens'

),

lens_weights as (

    select
        ranking_id,
        weight_in_overall
    from {{ ref('stg_register__rankings') }}

),

overall_changes as (

    -- The mean over the lenses compared; with fewer than the overall ranking needs there is none.
    select
        lens_changes.edition,
        lens_changes.from_edition,
        lens_changes.gss_code,
        max(lens_changes.price_basis) as price_basis,
        max(case when lens_changes.has_same_population_year then 1 else 0 end) = 1 as has_same_population_year,
        count(*) as lenses_compared,
        sum(lens_changes.measures_compared) as measures_compared,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_outcome_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_outcome_change,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_spend_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_spend_change,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_cash_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_cash_change,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_population_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_population_change,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_prices_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_prices_change,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_england_spend_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_england_spend_change,
        {{ council_productivity.round_score(council_productivity.weighted_mean(
            'lens_changes.ln_productivity_change', 'lens_weights.weight_in_overall'
        ), digits=12) }} as ln_productivity_change
    from lens_changes
    inner join lens_weights
        on lens_weights.ranking_id = lens_changes.ranking_id
    group by lens_changes.edition, lens_changes.from_edition, lens_changes.gss_code
    having count(*) >= {{ var('overall_minimum_lenses') }}

),

all_changes as (

    select
        edition,
        gss_code,
        ranking_id,
        from_edition,
        price_basis,
        has_same_population_year,
        cast(1 as bigint) as lenses_compared,
        measures_compared,
        ln_productivity_change,
        ln_outcome_change,
        ln_spend_change,
        ln_cash_change,
        ln_population_change,
        ln_prices_change,
        ln_england_spend_change
    from lens_changes
    union all
    select
        edition,
        gss_code,
        'overall' as ranking_id,
        from_edition,
        price_basis,
        has_same_population_year,
        lenses_compared,
        cast(measures_compared as bigint) as measures_compared,
        ln_productivity_change,
        ln_outcome_change,
        ln_spend_change,
        ln_cash_change,
        ln_population_change,
        ln_prices_change,
        ln_england_spend_change
    from overall_changes

),

bands as (

    select * from {{ ref('int_verdicts__banded') }}

),

final as (

    select
        all_changes.edition,
        all_changes.gss_code,
        all_changes.ranking_id,
        all_changes.from_edition,
        all_changes.price_basis,
        all_changes.has_same_population_year,
        all_changes.lenses_compared,
        all_changes.measures_compared,
        all_changes.ln_productivity_change,
        bands.ln_productivity_change_p05,
        bands.ln_productivity_change_p95,
        all_changes.ln_outcome_change,
        all_changes.ln_spend_change,
        all_changes.ln_cash_change,
        all_changes.ln_population_change,
        all_changes.ln_prices_change,
        all_changes.ln_england_spend_change,
        100 * (exp(all_changes.ln_productivity_change) - 1) as productivity_change_pct,
        100 * (exp(bands.ln_productivity_change_p05) - 1) as productivity_change_pct_p05,
        100 * (exp(bands.ln_productivity_change_p95) - 1) as productivity_change_pct_p95,
        {{ council_productivity.round_score(
            '100 * ' ~ council_productivity.logarithmic_mean('exp(all_changes.ln_productivity_change)', '1'), digits=12
        ) }} as change_per_ln_pct,
        100 * (exp(all_changes.ln_outcome_change) - 1) as outcome_change_pct,
        100 * (exp(all_changes.ln_spend_change) - 1) as spend_change_pct,
        {{ council_productivity.change_verdict(
            'bands.ln_productivity_change_p05', 'bands.ln_productivity_change_p95'
        ) }} as change_verdict,
        {{ council_productivity.rank_best_first(
            'all_changes.ln_productivity_change', 'all_changes.edition, all_changes.ranking_id'
        ) }} as change_rank,
        count(*) over (partition by all_changes.edition, all_changes.ranking_id) as councils_compared
    from all_changes
    left join bands
        on
            bands.edition = all_changes.edition
            and bands.ranking_id = all_changes.ranking_id
            and bands.gss_code = all_changes.gss_code

)

select * from final
