-- One row per lens, edition, council with a companion rank and draw: its productivity with sampling error and the
-- noise of a year drawn, over the root of the editions pooled, and its rank in the draw. Of the choices only the
-- weights of lenses are drawn, which do nothing within one.
with

numbers as (

    {{ council_productivity.number_series(var('companion_draws')) }}

),

productivity as (

    select * from {{ ref('int_companion__productivity') }}
    where no_companion_reason is null

),

errors as (

    -- Errors of the editions are independent: their mean has the root of the sum of squares, over their number.
    select
        pooled.ranking_id,
        pooled.edition,
        pooled.gss_code,
        sqrt(sum(
            coalesce(sampling.outcome_standard_error * sampling.outcome_standard_error, 0)
            + noise.outcome_noise_deviation * noise.outcome_noise_deviation
        )) / count(*) as outcome_standard_error
    from {{ ref('int_companion__editions_pooled') }} as pooled
    inner join {{ ref('int_draws__year_noise') }} as noise
        on noise.ranking_id = pooled.ranking_id
    left join {{ ref('int_draws__outcome_sampling_error') }} as sampling
        on
            sampling.ranking_id = pooled.ranking_id
            and sampling.edition = pooled.pooled_edition
            and sampling.gss_code = pooled.gss_code
    group by pooled.ranking_id, pooled.edition, pooled.gss_code

),

keyed as (

    select
        productivity.ranking_id,
        productivity.edition,
        productivity.gss_code,
        numbers.number as draw,
        exp(productivity.ln_outcome) as outcome_score,
        productivity.ln_spend_need_and_place,
        errors.outcome_standard_error,
        md5(
            '{{ var("uncertainty_run_id") }}|companion|' || numbers.number || '|' || productivity.edition || '|'
            || productivity.ranking_id || '|' || productivity.gss_code
        ) as digits
    from productivity
    inner join errors
        on
            errors.ranking_id = productivity.ranking_id
            and errors.edition = productivity.edition
            and errors.gss_code = productivity.gss_code
    cross join numbers

),

disturbed as (

    select
        ranking_id,
        edition,
        gss_code,
        draw,
        ln(least(100, greatest(
            1, outcome_score + outcome_standard_error * {{ council_productivity.normal_from_digits('digits') }}
        ))) - ln_spend_need_and_place as ln_productivity
    from keyed

),

final as (

    select
        ranking_id,
        edition,
        gss_code,
        draw,
        ln_productivity,
        {{ council_productivity.rank_best_first('ln_productivity', 'ranking_id, edition, draw') }} as companion_rank
    from disturbed

)

select * from final
