-- One row per ungraded figure of a module, edition and live council: as printed or as a ratio, or why there is none.
with

register as (

    select * from {{ ref('stg_register__module_figures') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}
    union all
    select * from {{ ref('int_figures__children_in_need') }}

),

grid as (

    select
        register.*,
        live.edition,
        live.gss_code
    from register
    inner join {{ ref('int_calendar__ranking_councils') }} as live
        on
            live.ranking_id = register.ranking_id
            and live.edition between register.first_edition and register.last_edition

),

paired as (

    select
        grid.ranking_id,
        grid.figure_id,
        grid.edition,
        grid.gss_code,
        grid.multiplier,
        grid.denominator_item_id is not null as is_ratio,
        numerators.figure_value as numerator,
        denominators.figure_value as denominator,
        coalesce(
            case when numerators.gss_code is null then 'not_available' else numerators.missing_reason end,
            case
                when grid.denominator_item_id is null then null
                when denominators.gss_code is null and grid.denominator_publication_id = 'ons_population'
                    then 'no_population'
                when denominators.gss_code is null then 'not_available'
                when denominators.figure_value = 0 then 'small_numbers'
                else denominators.missing_reason
            end
        ) as missing_reason
    from grid
    left join figures as numerators
        on
            numerators.publication_id = grid.publication_id
            and numerators.item_id = grid.numerator_item_id
            and numerators.edition = grid.edition
            and numerators.gss_code = grid.gss_code
    left join figures as denominators
        on
            denominators.publication_id = grid.denominator_publication_id
            and denominators.item_id = grid.denominator_item_id
            and denominators.edition = grid.edition
            and denominators.gss_code = grid.gss_code

),

final as (

    select
        ranking_id,
        figure_id,
        edition,
        gss_code,
        case
            when missing_reason is not null then null
            when is_ratio then multiplier * numerator / denominator
            else multiplier * numerator
        end as figure_value,
        missing_reason
    from paired

)

select * from final
