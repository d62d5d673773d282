-- One row per cell (edition, lens, scenario and draw) and council ranked in the lens: its productivity and rank in
-- the draw.
with

cells as (

    select * from {{ ref('int_draws__cells') }}

),

scores as (

    select * from {{ ref('int_draws__slot_scores') }}

),

spend as (

    select * from {{ ref('int_draws__spend_variants') }}

),

sampling as (

    select * from {{ ref('int_draws__outcome_sampling_error') }}

),

outcomes as (

    select
        cells.cell_id,
        spend.gss_code,
        spend.spend_index,
        cells.outcome_mean,
        sampling.outcome_standard_error,
        case
            when cells.is_sampling_error_drawn and sampling.outcome_standard_error > 0
                then
                    md5(
                        '{{ var("uncertainty_run_id") }}|sampling_error|' || cells.draw || '|' || cells.edition
                        || '|' || cells.ranking_id || '|' || spend.gss_code
                    )
        end as sampling_digits,
        {{ council_productivity.slot_mean('scores.score_', 'scores.mark_', 'cells.weight_', var('measure_slots')) }}
            as mean_score
    from cells
    inner join spend
        on
            spend.edition = cells.edition
            and spend.ranking_id = cells.ranking_id
            and spend.spend_variant = cells.spend_variant
    inner join scores
        on
            scores.edition = cells.edition
            and scores.ranking_id = cells.ranking_id
            and scores.gss_code = spend.gss_code
            and scores.normalisation = cells.normalisation
            and scores.outcome_mean = cells.outcome_mean
    inner join sampling
        on
            sampling.edition = cells.edition
            and sampling.ranking_id = cells.ranking_id
            and sampling.gss_code = spend.gss_code

),

disturbed as (

    select
        cell_id,
        gss_code,
        spend_index,
        case outcome_mean when 'geometric' then exp(mean_score) else mean_score end as outcome_score,
        case
            when sampling_digits is null then 0
            else outcome_standard_error * {{ council_productivity.normal_from_digits('sampling_digits') }}
        end as sampling_error
    from outcomes

),

divided as (

    select
        cell_id,
        gss_code,
        least(100, greatest(1, outcome_score + sampling_error)) / spend_index as productivity
    from disturbed

),

final as (

    select
        cell_id,
        gss_code,
        {{ council_productivity.round_score('productivity') }} as productivity,
        {{ council_productivity.rank_best_first('productivity', 'cell_id') }} as productivity_rank
    from divided

)

select * from final
