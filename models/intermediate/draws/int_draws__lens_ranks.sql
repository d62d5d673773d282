-- One row per cell (edition, lens, scenario and draw) and council that the draw's limits of comparability let in: its
-- productivity, and its rank brought to the number of councils that is published.
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
        cells.ranked_councils,
        spend.gss_code,
        spend.spend_index,
        cells.outcome_mean,
        cells.sampling_scale * sampling.outcome_standard_error as sampling_deviation,
        cells.year_noise_deviation,
        cells.next_edition_deviation,
        case
            when
                cells.year_noise_deviation > 0
                or cells.sampling_scale * sampling.outcome_standard_error > 0
                then {{ council_productivity.noise_digits('sampling_error', 'cells', 'spend.gss_code') }}
        end as noise_digits,
        case
            when cells.next_edition_deviation > 0
                then {{ council_productivity.noise_digits('next_edition', 'cells', 'spend.gss_code') }}
        end as next_edition_digits,
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
    where spend.published_spend_index between cells.spend_index_floor and cells.spend_index_ceiling

),

disturbed as (

    select
        cell_id,
        ranked_councils,
        gss_code,
        spend_index,
        {{ council_productivity.mean_from_slots('outcome_mean', 'mean_score') }}
        + case
            when noise_digits is null then 0
            else
                sampling_deviation * {{ council_productivity.normal_from_digits('noise_digits') }}
                + year_noise_deviation * {{ council_productivity.normal_from_digits('noise_digits', first_digit=17) }}
        end as outcome_score,
        case
            when next_edition_digits is null then 1
            else exp(next_edition_deviation * {{ council_productivity.normal_from_digits('next_edition_digits') }})
        end as next_edition_factor
    from outcomes

),

divided as (

    select
        cell_id,
        ranked_councils,
        gss_code,
        {{ council_productivity.round_score(
            'least(100, greatest(1, outcome_score)) / spend_index * next_edition_factor'
        ) }} as productivity
    from disturbed

),

ranked as (

    select
        *,
        {{ council_productivity.rank_best_first('productivity', 'cell_id') }} as drawn_rank,
        count(*) over (partition by cell_id) as drawn_councils
    from divided

),

final as (

    select
        cell_id,
        gss_code,
        productivity,
        {{ council_productivity.rank_among('drawn_rank', 'drawn_councils', 'ranked_councils') }} as productivity_rank
    from ranked

)

select * from final
