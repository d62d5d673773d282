-- One row per lens, edition, council with a companion rank and draw: its productivity in the draw, and its rank. Each
-- edition pooled has the draw's weights, scale, measure left out, kind of mean and noise as in the headline's draws;
-- the mean over the editions divides their noise by the root of their number. Who is ranked stays as published.
with

cells as (

    select * from {{ ref('int_draws__cells') }}
    where
        scenario_id = 'uncertainty'
        and draw <= {{ var('companion_draws') }}

),

outcomes as (

    select
        scores.ranking_id,
        scores.edition,
        scores.gss_code,
        cells.draw,
        cells.outcome_mean,
        cells.sampling_scale * coalesce(sampling.outcome_standard_error, 0) as sampling_deviation,
        cells.year_noise_deviation,
        -- editions that are pooled have noise of their own each
        {{ council_productivity.noise_digits(
            'sampling_error', ['cells.draw', 'cells.edition', 'cells.ranking_id', 'scores.gss_code']
        ) }} as noise_digits,
        {{ council_productivity.slot_mean('scores.score_', 'scores.mark_', 'cells.weight_', var('measure_slots')) }}
            as mean_score
    from cells
    inner join {{ ref('int_companion__slot_scores') }} as scores
        on
            scores.ranking_id = cells.ranking_id
            and scores.pooled_edition = cells.edition
            and scores.normalisation = cells.normalisation
            and scores.outcome_mean = cells.outcome_mean
    left join {{ ref('int_noise__outcome_sampling_error') }} as sampling
        on
            sampling.ranking_id = cells.ranking_id
            and sampling.edition = cells.edition
            and sampling.gss_code = scores.gss_code

),

disturbed as (

    select
        ranking_id,
        edition,
        gss_code,
        draw,
        {{ council_productivity.mean_from_slots('outcome_mean', 'mean_score') }}
        + sampling_deviation * {{ council_productivity.normal_from_digits('noise_digits') }}
        + year_noise_deviation * {{ council_productivity.normal_from_digits('noise_digits', first_digit=17) }}
            as outcome_score
    from outcomes

),

pooled as (

    select
        ranking_id,
        edition,
        gss_code,
        draw,
        avg(ln({{ council_productivity.clipped_score('outcome_score') }})) as ln_outcome
    from disturbed
    group by ranking_id, edition, gss_code, draw

),

divided as (

    select
        pooled.ranking_id,
        pooled.edition,
        pooled.gss_code,
        pooled.draw,
        {{ council_productivity.round_score('pooled.ln_outcome - spend.ln_spend_need_and_place', digits=12) }}
            as ln_productivity
    from pooled
    inner join {{ ref('int_companion__spend_pooled') }} as spend
        on
            spend.ranking_id = pooled.ranking_id
            and spend.edition = pooled.edition
            and spend.gss_code = pooled.gss_code

),

final as (

    select
        *,
        {{ council_productivity.rank_best_first('ln_productivity', 'ranking_id, edition, draw') }} as companion_rank
    from divided

)

select * from final
