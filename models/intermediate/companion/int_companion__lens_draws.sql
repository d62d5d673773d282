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

-- each choice that a draw may make has a number
chosen as (

    select
        *,
        cast(dense_rank() over (order by edition, ranking_id, normalisation, outcome_mean) as integer) as choice_number
    from cells

),

choices as (

    select distinct
        edition,
        ranking_id,
        normalisation,
        outcome_mean,
        choice_number
    from chosen

),

-- What belongs to a council stands side by side once for each choice that a draw may make, and joins draws by numbers.
councils as (

    select
        {% for slot in range(1, var('measure_slots') + 1) %}
            scores.score_{{ slot }},
            scores.mark_{{ slot }},
        {% endfor %}
        choices.choice_number,
        scores.ranking_id,
        scores.edition,
        scores.gss_code,
        coalesce(sampling.outcome_standard_error, 0) as outcome_standard_error
    from choices
    inner join {{ ref('int_companion__slot_scores') }} as scores
        on
            scores.ranking_id = choices.ranking_id
            and scores.pooled_edition = choices.edition
            and scores.normalisation = choices.normalisation
            and scores.outcome_mean = choices.outcome_mean
    left join {{ ref('int_noise__outcome_sampling_error') }} as sampling
        on
            sampling.ranking_id = choices.ranking_id
            and sampling.edition = choices.edition
            and sampling.gss_code = scores.gss_code

),

outcomes as (

    select
        councils.ranking_id,
        councils.edition,
        councils.gss_code,
        chosen.draw,
        chosen.outcome_mean,
        chosen.sampling_scale * councils.outcome_standard_error as sampling_deviation,
        chosen.year_noise_deviation,
        -- editions that are pooled have noise of their own each
        {{ council_productivity.noise_digits(
            'sampling_error', ['chosen.draw', 'chosen.edition', 'chosen.ranking_id', 'councils.gss_code']
        ) }} as noise_digits,
        {{ council_productivity.slot_mean(
            'councils.score_', 'councils.mark_', 'chosen.weight_', var('measure_slots')
        ) }} as mean_score
    from chosen
    inner join councils
        on councils.choice_number = chosen.choice_number

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
