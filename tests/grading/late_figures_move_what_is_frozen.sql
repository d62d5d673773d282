-- Measures of one's own come with figures that nobody froze.
{{ config(severity='warn', enabled=var('own_registers', '') == '') }}

-- Rule: no figure of the base editions came late or was revised since goalposts and spreads were frozen. They stay as
-- they are until a new method version; how far they lie from what the method would compute now is told here, as a share
-- of the way between goalposts, of a spread, of a unit cost or of spend per head.
with

final as (

    select
        subject_kind as told_of,
        subject_id,
        'sum of ' || frozen_values_held || ' figures, now of ' || values_held as figure_name,
        frozen_values_total as frozen_value,
        values_total as value_now,
        cast(null as {{ council_productivity.number_type() }}) as moved_share,
        'no figure of the base editions came late or was revised' as rule
    from {{ ref('int_frozen__late_figures') }}
    union all
    select
        seed as told_of,
        subject_id,
        figure_name,
        frozen_value,
        recomputed_value as value_now,
        moved_share,
        'what is frozen is what the method computes' as rule
    from {{ ref('int_frozen__compared') }}
    where is_moved

)

select * from final
