-- One row per scenario, draw and lens: what the draw chooses. A draw's number means the same choices in every
-- scenario, edition and engine: they follow from md5 keys of run id, factor and number.
{% set run = "'" ~ var('uncertainty_run_id') ~ "|'" %}

with

scenarios as (

    select * from {{ ref('stg_register__scenarios') }}

),

numbers as (

    {{ council_productivity.number_series([var('draws'), var('effect_draws'), 1] | max) }}

),

lenses as (

    select * from {{ ref('stg_register__lenses') }}

),

draws as (

    select
        number as draw,
        {{ council_productivity.uniform_from_key(run ~ " || 'normalisation|' || number") }} as normalisation_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'spend|' || number") }} as spend_uniform
    from numbers

),

draws_by_lens as (

    select
        draws.draw,
        lenses.lens_id,
        lenses.lens_kind,
        lenses.lens_weight,
        draws.normalisation_uniform,
        draws.spend_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'mean|' || draws.draw || '|' || lenses.lens_id") }}
            as mean_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'left_out|' || draws.draw || '|' || lenses.lens_id") }}
            as left_out_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'lens_weight|' || draws.draw || '|' || lenses.lens_id") }}
            as lens_weight_uniform
    from draws
    cross join lenses

),

final as (

    select
        scenarios.scenario_id,
        scenarios.scenario_order,
        draws_by_lens.draw,
        draws_by_lens.lens_id,
        draws_by_lens.lens_kind,
        case
            when scenarios.normalisation <> 'drawn' then scenarios.normalisation
            when draws_by_lens.normalisation_uniform < 1e0 / 3 then 'goalposts'
            when draws_by_lens.normalisation_uniform < 2e0 / 3 then 'minmax'
            else 'percentile'
        end as normalisation,
        case
            when scenarios.spend <> 'drawn' then scenarios.spend
            when draws_by_lens.spend_uniform < 1e0 / 3 then 'raw'
            when draws_by_lens.spend_uniform < 2e0 / 3 then 'need_adjusted'
            else 'three_year'
        end as spend_variant,
        case
            when scenarios.outcome_mean <> 'drawn' then scenarios.outcome_mean
            when draws_by_lens.mean_uniform < 0.5 then 'arithmetic'
            else 'geometric'
        end as outcome_mean,
        -- null: nothing is left out
        case when scenarios.left_out = 'drawn' then draws_by_lens.left_out_uniform end as left_out_uniform,
        scenarios.lens_weights,
        case
            when scenarios.lens_weights = 'drawn'
                then
                    draws_by_lens.lens_weight
                    * (1 + {{ var('weight_spread') }} * (2 * draws_by_lens.lens_weight_uniform - 1))
            else draws_by_lens.lens_weight
        end as lens_weight,
        scenarios.measure_weights = 'drawn' as is_measure_weight_drawn,
        scenarios.sampling_error = 'drawn' as is_sampling_error_drawn
    from scenarios
    inner join draws_by_lens
        on draws_by_lens.draw <= scenarios.draws
    -- modules have bands; what each choice alone does is told of lenses only
    where draws_by_lens.lens_kind = 'lens' or scenarios.scenario_kind = 'uncertainty'

)

select * from final
