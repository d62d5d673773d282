-- One row per measure, edition and live council that a ranking asks for: the value by the register's own recipe, or the
-- reason why there is none. A ratio is the multiplier times the sum of the numerator over the sum of the denominator,
-- over the sub-periods in which both are held. A council whose returns are not complete enough has none.
with

measures as (

    select * from {{ ref('stg_register__measures') }}

),

-- Rankings that share a measure share its value.
asked_for as (

    select distinct
        measure_id,
        edition,
        gss_code
    from {{ ref('int_measures__in_rankings') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}
    union all
    select * from {{ ref('int_figures__adult_days') }}

),

grid as (

    select
        measures.*,
        asked_for.edition,
        asked_for.gss_code
    from measures
    inner join asked_for
        on asked_for.measure_id = measures.measure_id

),

paired as (

    select
        grid.measure_id,
        grid.edition,
        grid.gss_code,
        case
            when grid.calculation = 'as_printed' or denominators.figure_value is not null
                then numerators.figure_value
        end as numerator,
        case when numerators.figure_value is not null then denominators.figure_value end as denominator,
        numerators.sub_period,
        numerators.missing_reason as numerator_reason,
        case
            when grid.calculation = 'ratio'
                then case when denominators.gss_code is null then 'not_available' else denominators.missing_reason end
        end as denominator_reason
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
            and (
                denominators.sub_period = numerators.sub_period
                -- a year's denominator serves every sub-period of a numerator from another publication
                or grid.denominator_publication_id <> grid.publication_id
            )

),

summed as (

    select
        measure_id,
        edition,
        gss_code,
        count(numerator) as periods_held,
        {{ council_productivity.round_score('sum(numerator)') }} as numerator,
        {{ council_productivity.round_score('sum(denominator)') }} as denominator,
        {{ council_productivity.first_reason('numerator_reason') }} as numerator_reason,
        {{ council_productivity.first_reason('denominator_reason') }} as denominator_reason
    from paired
    group by measure_id, edition, gss_code

),

judged as (

    select
        grid.measure_id,
        grid.edition,
        grid.gss_code,
        summed.periods_held,
        summed.numerator,
        summed.denominator,
        grid.multiplier,
        grid.calculation,
        grid.edition between grid.first_edition and grid.last_edition and gaps.measure_id is null as is_reported,
        case
            when grid.edition < grid.first_edition or grid.edition > grid.last_edition then 'not_collected'
            when gaps.measure_id is not null then gaps.missing_reason
            when completeness.missing_reason is not null then completeness.missing_reason
            when
                grid.denominator_publication_id = 'ons_population'
                and summed.periods_held = 0
                and summed.numerator_reason is null
                and summed.denominator_reason is not null
                then 'no_population'
            when summed.periods_held < grid.minimum_periods
                then coalesce(summed.numerator_reason, summed.denominator_reason, 'not_available')
            when
                grid.calculation = 'ratio'
                and (summed.denominator = 0 or summed.denominator < coalesce(grid.minimum_denominator, 0))
                then 'small_numbers'
        end as missing_reason
    from grid
    inner join summed
        on
            summed.measure_id = grid.measure_id
            and summed.edition = grid.edition
            and summed.gss_code = grid.gss_code
    left join {{ ref('stg_register__measure_gaps') }} as gaps
        on
            gaps.measure_id = grid.measure_id
            and gaps.edition = grid.edition
    left join {{ ref('int_figures__completeness') }} as completeness
        on
            completeness.publication_id = grid.publication_id
            and completeness.edition = grid.edition
            and completeness.gss_code = grid.gss_code

),

final as (

    select
        measure_id,
        edition,
        gss_code,
        is_reported,
        periods_held,
        case
            when missing_reason is not null then null
            when calculation = 'ratio' then multiplier * numerator / denominator
            else multiplier * numerator
        end as measure_value,
        case when missing_reason is null then numerator end as numerator,
        case when missing_reason is null then denominator end as denominator,
        missing_reason
    from judged

)

select * from final
