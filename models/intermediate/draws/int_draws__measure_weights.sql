-- One row per draw and measure that counts in a ranking: the factor that the draw puts on the measure's weight, the
-- same in every ranking.
{% set run = "'" ~ var('uncertainty_run_id') ~ "|'" %}

with

numbers as (

    {{ council_productivity.number_series([var('draws'), var('effect_draws'), 1] | max) }}

),

measures as (

    select distinct measure_id
    from {{ ref('stg_register__ranking_measures') }}
    where status = 'active'

),

drawn as (

    select
        numbers.number as draw,
        measures.measure_id,
        {{ council_productivity.uniform_from_key(
            run ~ " || 'measure_weight|' || numbers.number || '|' || measures.measure_id"
        ) }} as weight_uniform
    from numbers
    cross join measures

),

final as (

    select
        draw,
        measure_id,
        weight_uniform,
        1 + {{ var('weight_spread') }} * (2 * weight_uniform - 1) as weight_factor
    from drawn

)

select * from final
