-- One row per edition, scored lens, scenario and draw: the draw's choices and the weight of each measure by slot, 0
-- for the one left out. `cell_id` numbers the rows: councils are ranked within a cell, and a number sorts fast.
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

england_spend as (

    select
        edition,
        ranking_id,
        sum(spend_gbp) as england_spend_gbp
    from {{ ref('int_spend__by_ranking') }}
    group by edition, ranking_id

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
        settings.is_sampling_error_drawn,
        case
            when settings.lens_weights = 'spend' then england_spend.england_spend_gbp
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
        is_sampling_error_drawn,
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
        is_sampling_error_drawn,
        weight_in_overall

),

final as (

    select
        cast(row_number() over (order by edition, ranking_id, scenario_order, draw) as integer) as cell_id,
        cast(dense_rank() over (order by edition, scenario_order, draw) as integer) as overall_cell_id,
        *
    from spread

)

select * from final
