with

settings as (

    select * from {{ ref('int_draws__lens_settings') }}
    where scenario_id = 'uncertainty'

),

draw_wide as (

    select distinct
        draw,
        normalisation,
        spend_variant
    from settings

),

cells as (

    select
        settings.draw,
        slotted.edition,
        settings.lens_id,
        slotted.measure_id
    from settings
    inner join {{ ref('int_measures__slotted') }} as slotted
        on slotted.lens_id = settings.lens_id
    where slotted.slot = floor(settings.left_out_uniform * (slotted.measures_active + 1))

),

final as (

    select
        draw,
        'normalisation' as factor,
        'all' as subject_id,
        'all' as edition,
        normalisation as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from draw_wide
    union all
    select
        draw,
        'spend' as factor,
        'all' as subject_id,
        'all' as edition,
        spend_variant as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from draw_wide
    union all
    select
        draw,
        'outcome_mean' as factor,
        lens_id as subject_id,
        'all' as edition,
        outcome_mean as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from settings
    union all
    select
        draw,
        'lens_weight' as factor,
        lens_id as subject_id,
        'all' as edition,
        cast(null as {{ dbt.type_string() }}) as choice,
        lens_weight as weight
    from settings
    union all
    select
        draw,
        'measure_weight' as factor,
        measure_id as subject_id,
        'all' as edition,
        cast(null as {{ dbt.type_string() }}) as choice,
        weight
    from {{ ref('int_draws__measure_weights') }}
    where draw <= {{ var('draws') }}
    union all
    select
        draw,
        'left_out' as factor,
        lens_id as subject_id,
        edition,
        measure_id as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from cells

)

select * from final
