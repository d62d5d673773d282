with

measures as (

    select * from {{ ref('stg_register__measures') }}

),

held as (

    select graded.*
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = graded.edition
            and live.gss_code = graded.gss_code
            and live.is_rankable

),

errors as (

    select * from {{ ref('int_noise__sampling_error') }}
    where is_sampling_error_known

),

counted as (

    select
        held.measure_id,
        held.ranking_id,
        held.edition,
        held.is_active,
        count(*) as councils,
        count(held.measure_value) as councils_held,
        count(held.score) as councils_graded,
        count(errors.measure_id) as councils_with_sampling_error,
        count(case when held.missing_reason = 'suppressed' then 1 end) as suppressed,
        count(case when held.missing_reason = 'not_available' then 1 end) as not_available,
        count(case when held.missing_reason = 'not_applicable' then 1 end) as not_applicable,
        count(case when held.missing_reason = 'small_numbers' then 1 end) as small_numbers,
        count(case when held.missing_reason = 'not_comparable' then 1 end) as not_comparable,
        count(case when held.missing_reason = 'not_collected' then 1 end) as not_collected,
        count(case when held.missing_reason = 'not_yet_published' then 1 end) as not_yet_published,
        count(case when held.missing_reason = 'no_population' then 1 end) as no_population
    from held
    left join errors
        on
            errors.measure_id = held.measure_id
            and errors.ranking_id = held.ranking_id
            and errors.edition = held.edition
            and errors.gss_code = held.gss_code
    group by held.measure_id, held.ranking_id, held.edition, held.is_active

),

newest as (

    select
        measure_id,
        max(case when councils_held > 0 then edition end) as newest_edition_held
    from counted
    group by measure_id

),

set_aside as (

    select
        publication_id,
        item_id,
        edition,
        count(*) as figures
    from {{ ref('fct_figure_not_used') }}
    group by publication_id, item_id, edition

),

flagged as (

    -- A pair is a warning about each of its two measures.
    select
        edition,
        ranking_id,
        measure_id
    from {{ ref('fct_measure_correlation') }}
    where warning is not null
    union all
    select
        edition,
        ranking_id,
        other_measure_id as measure_id
    from {{ ref('fct_measure_correlation') }}
    where warning is not null

),

warned as (

    select
        edition,
        ranking_id,
        measure_id,
        count(*) as warnings
    from flagged
    group by edition, ranking_id, measure_id

),

final as (

    select
        counted.edition,
        counted.measure_id,
        counted.ranking_id,
        measures.publication_id,
        counted.is_active,
        counted.councils,
        counted.councils_held,
        cast(counted.councils_held as {{ council_productivity.number_type() }}) / counted.councils as coverage_share,
        counted.suppressed,
        counted.not_available,
        counted.not_applicable,
        counted.small_numbers,
        counted.not_comparable,
        counted.not_collected,
        counted.not_yet_published,
        counted.no_population,
        counted.councils_held - counted.councils_graded as ungraded,
        counted.councils_with_sampling_error,
        coalesce(set_aside.figures, 0) as figures_set_aside,
        coalesce(warned.warnings, 0) as correlation_warnings,
        newest.newest_edition_held,
        measures.publication_lag_months
    from counted
    inner join measures
        on measures.measure_id = counted.measure_id
    inner join newest
        on newest.measure_id = counted.measure_id
    left join set_aside
        on
            set_aside.publication_id = measures.publication_id
            and set_aside.item_id = measures.numerator_item_id
            and set_aside.edition = counted.edition
    left join warned
        on
            warned.edition = counted.edition
            and warned.ranking_id = counted.ranking_id
            and warned.measure_id = counted.measure_id

)

select * from final
