-- One row per measure, or lens's spend, of which a figure of the base editions came late or was revised since goalposts
-- and spreads were frozen: number and sum of the figures then and now.
with

final as (

    select
        frozen.subject_kind,
        frozen.subject_id,
        frozen.values_held as frozen_values_held,
        coalesce(held.values_held, 0) as values_held,
        frozen.values_total as frozen_values_total,
        held.values_total
    from {{ ref('stg_register__frozen_figures') }} as frozen
    left join {{ ref('int_frozen__base_figures') }} as held
        on
            held.subject_kind = frozen.subject_kind
            and held.subject_id = frozen.subject_id
    where
        held.subject_id is null
        or held.values_held <> frozen.values_held
        or abs(held.values_total - frozen.values_total) > 1e-6

)

select * from final
