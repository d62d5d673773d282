with

register as (

    select * from {{ ref('scenarios') }}

),

final as (

    select
        scenario_id,
        cast(scenario_order as bigint) as scenario_order,
        scenario_kind,
        scenario_name,
        question,
        case draws
            when 'draws' then {{ var('draws') }}
            when 'interval_draws' then {{ [var('interval_draws'), var('draws')] | min }}
            when 'effect_draws' then {{ var('effect_draws') }}
            else cast({{ council_productivity.to_number('draws') }} as bigint)
        end as draws,
        {{ council_productivity.drawn_if_on('measure_weights', 'equal') }} as measure_weights,
        {{ council_productivity.drawn_if_on('lens_weights', 'equal') }} as lens_weights,
        lens_spread,
        {{ council_productivity.drawn_if_on('normalisation', 'goalposts') }} as normalisation,
        {{ council_productivity.drawn_if_on('left_out', 'none') }} as left_out,
        {{ council_productivity.drawn_if_on('outcome_mean', 'arithmetic') }} as outcome_mean,
        {{ council_productivity.drawn_if_on('spend', 'raw') }} as spend,
        {{ council_productivity.drawn_if_on('limits', 'published') }} as limits,
        {{ council_productivity.drawn_if_on('sampling_error', 'none') }} as sampling_error,
        {{ council_productivity.drawn_if_on('year_noise', 'none') }} as year_noise,
        year_ahead
    from register

)

select * from final
