with

settings as (

    select * from {{ ref('int_draws__lens_settings') }}
    where scenario_id = 'uncertainty'

),

final as (

    select
        settings.draw,
        slotted.edition,
        settings.ranking_id,
        slotted.measure_id
    from settings
    inner join {{ ref('int_draws__slotted') }} as slotted
        on slotted.ranking_id = settings.ranking_id
    where slotted.slot = floor(settings.left_out_uniform * (slotted.measures_active + 1))

)

select * from final
