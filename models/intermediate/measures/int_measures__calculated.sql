-- One row per measure, edition and live council that a ranking asks for: the value by the register's own recipe, or the
-- reason why there is none. A council whose returns are not complete enough has none.
with

measures as (

    select * from {{ ref('stg_register__measures') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}
    union all
    select * from {{ ref('int_figures__adult_days') }}

),

-- Rankings that share a measure share its value.
used as (

    select distinct
        measure_id,
        edition,
        gss_code
    from {{ ref('int_measures__in_rankings') }}

),

asked_for as (

    select
        measures.measure_id,
        used.edition,
        used.gss_code,
        measures.publication_id,
        measures.calculation,
        measures.numerator_item_id,
        measures.denominator_publication_id,
        measures.denominator_item_id,
        measures.multiplier,
        measures.minimum_periods,
        measures.minimum_denominator
    from measures
    inner join used
        on used.measure_id = measures.measure_id

),

calculated as (

    {{ council_productivity.by_recipe('asked_for', 'figures', ['measure_id']) }}

),

judged as (

    select
        calculated.measure_id,
        calculated.edition,
        calculated.gss_code,
        calculated.periods_held,
        calculated.numerator,
        calculated.denominator,
        calculated.figure_value,
        calculated.edition between measures.first_edition and measures.last_edition and gaps.measure_id is null
            as is_reported,
        case
            when calculated.edition < measures.first_edition or calculated.edition > measures.last_edition
                then 'not_collected'
            when gaps.measure_id is not null then gaps.missing_reason
            when completeness.missing_reason is not null then completeness.missing_reason
            else calculated.missing_reason
        end as missing_reason
    from calculated
    inner join measures
        on measures.measure_id = calculated.measure_id
    left join {{ ref('stg_register__measure_gaps') }} as gaps
        on
            gaps.measure_id = calculated.measure_id
            and gaps.edition = calculated.edition
    left join {{ ref('int_figures__completeness') }} as completeness
        on
            completeness.publication_id = measures.publication_id
            and completeness.edition = calculated.edition
            and completeness.gss_code = calculated.gss_code

),

final as (

    select
        measure_id,
        edition,
        gss_code,
        is_reported,
        periods_held,
        case when missing_reason is null then figure_value end as measure_value,
        case when missing_reason is null then numerator end as numerator,
        case when missing_reason is null then denominator end as denominator,
        missing_reason
    from judged

)

select * from final
