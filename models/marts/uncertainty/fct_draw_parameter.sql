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

final as (

    select
        draw,
        'normalisation' as factor,
        'all' as subject_id,
        normalisation as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from draw_wide
    union all
    select
        draw,
        'spend' as factor,
        'all' as subject_id,
        spend_variant as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from draw_wide
    union all
    select
        draw,
        'outcome_mean' as factor,
        ranking_id as subject_id,
        outcome_mean as choice,
        cast(null as {{ council_productivity.number_type() }}) as weight
    from settings
    union all
    select
        draw,
        'lens_weight' as factor,
        ranking_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as choice,
        weight_in_overall as weight
    from settings
    union all
    select
        draw,
        'measure_weight' as factor,
        measure_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as choice,
        weight_factor as weight
    from {{ ref('int_draws__measure_weights') }}
    where draw <= {{ var('draws') }}

)

select * from final
