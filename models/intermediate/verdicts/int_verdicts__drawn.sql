-- One row per draw, lens, council and edition with a change: the change in the logarithm of productivity in the draw.
-- Both editions share the draw's weights, measure left out and kind of mean; goalposts are frozen, spend is as
-- published in constant prices, and each edition has a sampling error and a year's noise of its own.
with

cells as (

    select * from {{ ref('int_draws__cells') }}
    where scenario_id = 'uncertainty'

),

slot_scores as (

    select * from {{ ref('int_verdicts__slot_scores') }}

),

changes as (

    select * from {{ ref('int_change__rankings') }}

),

sampling as (

    select * from {{ ref('int_noise__outcome_sampling_error') }}

),

-- each choice that a draw may make has a number
chosen as (

    select
        *,
        cast(dense_rank() over (order by edition, ranking_id, outcome_mean) as integer) as choice_number
    from cells

),

choices as (

    select distinct
        edition,
        ranking_id,
        outcome_mean,
        choice_number
    from chosen

),

subjects as (

    select distinct
        ranking_id,
        gss_code,
        cast(dense_rank() over (order by ranking_id, gss_code) as integer) as subject_number
    from changes

),

-- What belongs to a council is put side by side once for each kind of mean, and joined to millions of draws by numbers.
councils as (

    select
        choices.choice_number,
        subjects.subject_number,
        changes.gss_code,
        changes.ln_spend_change,
        {% for slot in range(1, var('measure_slots') + 1) %}
            slot_scores.now_{{ slot }},
            slot_scores.before_{{ slot }},
            slot_scores.mark_{{ slot }},
        {% endfor %}
        {{ council_productivity.joint_deviation(
            'sampling_now.outcome_standard_error', 'noise.outcome_noise_deviation'
        ) }} as error_now,
        {{ council_productivity.joint_deviation(
            'sampling_before.outcome_standard_error', 'noise.outcome_noise_deviation'
        ) }} as error_before
    from choices
    inner join changes
        on
            changes.edition = choices.edition
            and changes.ranking_id = choices.ranking_id
    inner join subjects
        on
            subjects.ranking_id = changes.ranking_id
            and subjects.gss_code = changes.gss_code
    inner join slot_scores
        on
            slot_scores.edition = changes.edition
            and slot_scores.ranking_id = changes.ranking_id
            and slot_scores.gss_code = changes.gss_code
            and slot_scores.outcome_mean = choices.outcome_mean
    inner join sampling as sampling_now
        on
            sampling_now.edition = changes.edition
            and sampling_now.ranking_id = changes.ranking_id
            and sampling_now.gss_code = changes.gss_code
    inner join sampling as sampling_before
        on
            sampling_before.edition = changes.from_edition
            and sampling_before.ranking_id = changes.ranking_id
            and sampling_before.gss_code = changes.gss_code
    inner join {{ ref('int_noise__year_noise') }} as noise
        on noise.ranking_id = changes.ranking_id

),

normals as (

    select
        {{ council_productivity.noise_number('drawn.draw', 'subjects.subject_number') }} as noise_number,
        drawn.change_now_normal,
        drawn.change_before_normal
    from {{ ref('int_noise__drawn_of_change') }} as drawn
    inner join subjects
        on
            subjects.ranking_id = drawn.ranking_id
            and subjects.gss_code = drawn.gss_code

),

means as (

    select
        chosen.draw,
        chosen.ranking_id,
        chosen.ranking_kind,
        chosen.weight_in_overall,
        chosen.edition,
        councils.gss_code,
        councils.ln_spend_change,
        chosen.outcome_mean,
        {{ council_productivity.slot_mean(
            'councils.now_', 'councils.mark_', 'chosen.weight_', var('measure_slots')
        ) }} as mean_now,
        {{ council_productivity.slot_mean(
            'councils.before_', 'councils.mark_', 'chosen.weight_', var('measure_slots')
        ) }} as mean_before,
        councils.error_now,
        councils.error_before,
        normals.change_now_normal,
        normals.change_before_normal
    from chosen
    inner join councils
        on councils.choice_number = chosen.choice_number
    inner join normals
        on normals.noise_number = {{ council_productivity.noise_number('chosen.draw', 'councils.subject_number') }}

),

disturbed as (

    select
        draw,
        ranking_id,
        ranking_kind,
        weight_in_overall,
        edition,
        gss_code,
        ln_spend_change,
        {{ council_productivity.mean_from_slots('outcome_mean', 'mean_now') }}
        + error_now * change_now_normal as outcome_now,
        {{ council_productivity.mean_from_slots('outcome_mean', 'mean_before') }}
        + error_before * change_before_normal as outcome_before
    from means

),

final as (

    select
        draw,
        ranking_id,
        ranking_kind,
        weight_in_overall,
        edition,
        gss_code,
        {{ council_productivity.round_score(
            'ln(' ~ council_productivity.clipped_score('outcome_now') ~ ') - ln('
            ~ council_productivity.clipped_score('outcome_before') ~ ') - ln_spend_change'
        ) }} as ln_productivity_change
    from disturbed

)

select * from final
