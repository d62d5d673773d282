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

    select * from {{ ref('int_noise__outcome_sampling_error') }}

),

outcomes as (

    select
        cells.cell_id,
        cells.ranked_councils,
        spend.gss_code,
        spend.spend_index,
        cells.outcome_mean,
        -- without noise in the cell there is none to join
        coalesce(
            cells.sampling_scale * sampling.outcome_standard_error * noise.sampling_normal
            + cells.year_noise_deviation * noise.year_normal,
            0
        ) as outcome_noise,
        coalesce(cells.next_edition_deviation * noise.next_edition_normal, 0) as next_edition_change,
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
    left join {{ ref('int_noise__drawn') }} as noise
        on
            noise.draw = cells.noise_draw
            and noise.ranking_id = cells.ranking_id
            and noise.gss_code = spend.gss_code
    where spend.published_spend_index between cells.spend_index_floor and cells.spend_index_ceiling

),

divided as (

    select
        cell_id,
        ranked_councils,
        gss_code,
        {{ council_productivity.round_score(
            council_productivity.clipped_score(
                council_productivity.mean_from_slots('outcome_mean', 'mean_score') ~ ' + outcome_noise'
            ) ~ ' / spend_index * exp(next_edition_change)'
        ) }} as productivity
    from outcomes

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
