-- One row per draw and active measure: the factor that the draw puts on the measure's weight.
{% set run = "'" ~ var('uncertainty_run_id') ~ "|'" %}

with

numbers as (

    {{ council_productivity.number_series([var('draws'), var('effect_draws'), 1] | max) }}

),

measures as (

    select * from {{ ref('stg_register__measures') }}
    where status = 'active'

),

drawn as (

    select
        numbers.number as draw,
        measures.measure_id,
        measures.weight,
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
        weight * (1 + {{ var('weight_spread') }} * (2 * weight_uniform - 1)) as weight
    from drawn

)

select * from final
