-- One row per ungraded figure of a module, edition and live council: by the recipe of a measure, or why there is none.
with

register as (

    select * from {{ ref('stg_register__module_figures') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}
    union all
    select * from {{ ref('int_figures__children_in_need') }}

),

asked_for as (

    select
        register.ranking_id,
        register.figure_id,
        live.edition,
        live.gss_code,
        register.publication_id,
        case when register.denominator_item_id is null then 'as_printed' else 'ratio' end as calculation,
        register.numerator_item_id,
        register.denominator_publication_id,
        register.denominator_item_id,
        register.multiplier,
        1 as minimum_periods,
        0 as minimum_denominator
    from register
    inner join {{ ref('int_calendar__ranking_councils') }} as live
        on
            live.ranking_id = register.ranking_id
            and live.edition between register.first_edition and register.last_edition

),

calculated as (

    {{ council_productivity.by_recipe('asked_for', 'figures', ['ranking_id', 'figure_id']) }}

),

final as (

    select
        ranking_id,
        figure_id,
        edition,
        gss_code,
        case when missing_reason is null then figure_value end as figure_value,
        missing_reason
    from calculated

)

select * from final
