-- One row per scenario, draw and lens or module: what the draw chooses. A draw's number means the same choices in
-- every scenario, edition and engine: they follow from md5 keys of run id, factor and number.
{% set run = "'" ~ var('uncertainty_run_id') ~ "|'" %}
{% set of_ranking = "draws.draw || '|' || scored.ranking_id" %}

with

scenarios as (

    select * from {{ ref('stg_register__scenarios') }}

),

numbers as (

    {{ council_productivity.number_series([var('draws'), var('effect_draws'), 1] | max) }}

),

scored as (

    select * from {{ ref('stg_register__rankings') }}
    where ranking_kind <> 'overall'

),

draws as (

    select
        number as draw,
        {{ council_productivity.uniform_from_key(run ~ " || 'normalisation|' || number") }} as normalisation_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'spend|' || number") }} as spend_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'limit_floor|' || number") }} as floor_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'limit_ceiling|' || number") }} as ceiling_uniform
    from numbers

),

drawn as (

    select
        draws.draw,
        scored.ranking_id,
        scored.ranking_kind,
        scored.weight_in_overall,
        draws.normalisation_uniform,
        draws.spend_uniform,
        {{ council_productivity.between_ends('draws.floor_uniform', var('spend_index_floor_drawn')) }} as drawn_floor,
        {{ council_productivity.between_ends('draws.ceiling_uniform', var('spend_index_ceiling_drawn')) }}
            as drawn_ceiling,
        {{ council_productivity.uniform_from_key(run ~ " || 'mean|' || " ~ of_ranking) }}
            as mean_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'left_out|' || " ~ of_ranking) }}
            as left_out_uniform,
        {{ council_productivity.uniform_from_key(run ~ " || 'lens_weight|' || " ~ of_ranking) }}
            as lens_weight_uniform
    from draws
    cross join scored

),

final as (

    select
        scenarios.scenario_id,
        scenarios.scenario_order,
        drawn.draw,
        drawn.ranking_id,
        drawn.ranking_kind,
        case
            when scenarios.normalisation <> 'drawn' then scenarios.normalisation
            when drawn.normalisation_uniform < 1e0 / 3 then 'goalposts'
            when drawn.normalisation_uniform < 2e0 / 3 then 'minmax'
            else 'percentile'
        end as normalisation,
        case
            when scenarios.spend <> 'drawn' then scenarios.spend
            when drawn.spend_uniform < 1e0 / 3 then 'raw'
            when drawn.spend_uniform < 2e0 / 3 then 'need_adjusted'
            else 'three_year'
        end as spend_variant,
        case
            when scenarios.outcome_mean <> 'drawn' then scenarios.outcome_mean
            when drawn.mean_uniform < 0.5 then 'arithmetic'
            else 'power'
        end as outcome_mean,
        -- null: nothing is left out
        case when scenarios.left_out = 'drawn' then drawn.left_out_uniform end as left_out_uniform,
        case when scenarios.limits = 'drawn' then drawn.drawn_floor else {{ var('spend_index_floor') }} end
            as spend_index_floor,
        case when scenarios.limits = 'drawn' then drawn.drawn_ceiling else {{ var('spend_index_ceiling') }} end
            as spend_index_ceiling,
        scenarios.lens_weights,
        scenarios.lens_spread,
        case
            when scenarios.lens_weights = 'drawn'
                then
                    drawn.weight_in_overall
                    * (1 + {{ var('weight_spread') }} * (2 * drawn.lens_weight_uniform - 1))
            else drawn.weight_in_overall
        end as weight_in_overall,
        scenarios.measure_weights = 'drawn' as is_measure_weight_drawn,
        scenarios.sampling_error = 'drawn' as is_sampling_error_drawn,
        scenarios.year_noise = 'drawn' as is_year_noise_drawn,
        scenarios.year_ahead
    from scenarios
    inner join drawn
        on drawn.draw <= scenarios.draws
    -- modules have bands; what each choice alone does, and what comes next, is told of lenses only
    where drawn.ranking_kind = 'lens' or scenarios.scenario_kind in ('uncertainty', 'interval')

)

select * from final
