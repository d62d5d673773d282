-- One row per edition, scored lens, scenario and draw: the draw's choices, how large its noise is, and the weight of
-- each measure by slot, 0 for the one left out. `cell_id` numbers the rows: councils are ranked within a cell, and a
-- number sorts fast.
with

settings as (

    select * from {{ ref('int_draws__lens_settings') }}

),

slotted as (

    select * from {{ ref('int_draws__slotted') }}

),

weights as (

    select * from {{ ref('int_draws__measure_weights') }}

),

published as (

    select distinct
        edition,
        ranking_id,
        ranked_councils
    from {{ ref('int_rankings__productivity') }}

),

england_spend as (

    select
        edition,
        ranking_id,
        england_spend_once_gbp
    from {{ ref('int_spend__counted_once') }}

),

weighed as (

    select
        slotted.edition,
        settings.ranking_id,
        settings.ranking_kind,
        settings.scenario_id,
        settings.scenario_order,
        settings.draw,
        settings.normalisation,
        settings.spend_variant,
        settings.outcome_mean,
        settings.spend_index_floor,
        settings.spend_index_ceiling,
        settings.lens_spread,
        settings.is_sampling_error_drawn,
        settings.is_year_noise_drawn,
        settings.year_ahead,
        case
            when settings.lens_weights = 'spend' then england_spend.england_spend_once_gbp
            else settings.weight_in_overall
        end as weight_in_overall,
        slotted.slot,
        case
            -- one of m + 1 choices: none, or one of the m measures
            when slotted.slot = floor(settings.left_out_uniform * (slotted.measures_active + 1)) then 0
            when settings.is_measure_weight_drawn then slotted.weight * weights.weight_factor
            else slotted.weight
        end as measure_weight
    from settings
    inner join slotted
        on slotted.ranking_id = settings.ranking_id
    inner join weights
        on
            weights.measure_id = slotted.measure_id
            and weights.draw = settings.draw
    inner join england_spend
        on
            england_spend.edition = slotted.edition
            and england_spend.ranking_id = slotted.ranking_id

),

spread as (

    select
        edition,
        ranking_id,
        ranking_kind,
        scenario_id,
        scenario_order,
        draw,
        normalisation,
        spend_variant,
        outcome_mean,
        spend_index_floor,
        spend_index_ceiling,
        lens_spread,
        is_sampling_error_drawn,
        is_year_noise_drawn,
        year_ahead,
        weight_in_overall,
        {{ council_productivity.slot_columns('measure_weight', 'weight_', var('measure_slots')) }}
    from weighed
    group by
        edition,
        ranking_id,
        ranking_kind,
        scenario_id,
        scenario_order,
        draw,
        normalisation,
        spend_variant,
        outcome_mean,
        spend_index_floor,
        spend_index_ceiling,
        lens_spread,
        is_sampling_error_drawn,
        is_year_noise_drawn,
        year_ahead,
        weight_in_overall

),

final as (

    select
        cast(
            row_number()
                over (order by spread.edition, spread.ranking_id, spread.scenario_order, spread.draw)
            as integer
        ) as cell_id,
        cast(dense_rank() over (order by spread.edition, spread.scenario_order, spread.draw) as integer)
            as overall_cell_id,
        spread.*,
        published.ranked_councils,
        case when spread.lens_spread = 'none' then 1 else coalesce(lens_spreads.spread_scale, 1) end as spread_scale,
        -- no draw has the number 0: joined by nothing at all, a million rows would be one bucket of PostgreSQL's
        case
            when spread.is_sampling_error_drawn or spread.is_year_noise_drawn or spread.year_ahead <> 'none'
                then spread.draw
            else 0
        end as noise_draw,
        -- what a normal number is multiplied by: 0 where the draw has no such noise
        case when spread.is_sampling_error_drawn then scales.noise_scale else 0 end as sampling_scale,
        case when spread.is_year_noise_drawn then scales.noise_scale * noise.outcome_noise_deviation else 0 end
            as year_noise_deviation,
        case when spread.year_ahead = 'none' then 0 else next_edition.ln_change_deviation end
            as next_edition_deviation
    from spread
    inner join published
        on
            published.edition = spread.edition
            and published.ranking_id = spread.ranking_id
    inner join {{ ref('int_draws__noise_scale') }} as scales
        on
            scales.edition = spread.edition
            and scales.ranking_id = spread.ranking_id
            and scales.normalisation = spread.normalisation
    inner join {{ ref('int_noise__year_noise') }} as noise
        on noise.ranking_id = spread.ranking_id
    left join {{ ref('int_rankings__lens_spreads') }} as lens_spreads
        on
            lens_spreads.edition = spread.edition
            and lens_spreads.ranking_id = spread.ranking_id
    left join {{ ref('int_noise__next_edition') }} as next_edition
        on
            next_edition.ranking_id = spread.ranking_id
            and next_edition.left_out_edition
            = case when spread.year_ahead = 'back_test' then spread.edition else 'none' end
    -- an edition that none follows has nothing to be tested on
    where
        spread.year_ahead <> 'back_test'
        or next_edition.ranking_id is not null

)

select * from final
