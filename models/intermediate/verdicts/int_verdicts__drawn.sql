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

means as (

    select
        cells.draw,
        cells.ranking_id,
        cells.ranking_kind,
        cells.weight_in_overall,
        changes.edition,
        changes.gss_code,
        changes.ln_spend_change,
        cells.outcome_mean,
        {{ council_productivity.slot_mean(
            'slot_scores.now_', 'slot_scores.mark_', 'cells.weight_', var('measure_slots')
        ) }} as mean_now,
        {{ council_productivity.slot_mean(
            'slot_scores.before_', 'slot_scores.mark_', 'cells.weight_', var('measure_slots')
        ) }} as mean_before,
        {{ council_productivity.joint_deviation(
            'sampling_now.outcome_standard_error', 'noise.outcome_noise_deviation'
        ) }} as error_now,
        {{ council_productivity.joint_deviation(
            'sampling_before.outcome_standard_error', 'noise.outcome_noise_deviation'
        ) }} as error_before,
        normals.change_now_normal,
        normals.change_before_normal
    from cells
    inner join changes
        on
            changes.edition = cells.edition
            and changes.ranking_id = cells.ranking_id
    inner join slot_scores
        on
            slot_scores.edition = changes.edition
            and slot_scores.ranking_id = changes.ranking_id
            and slot_scores.gss_code = changes.gss_code
            and slot_scores.outcome_mean = cells.outcome_mean
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
    inner join {{ ref('int_noise__drawn') }} as normals
        on
            normals.draw = cells.draw
            and normals.ranking_id = changes.ranking_id
            and normals.gss_code = changes.gss_code

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
