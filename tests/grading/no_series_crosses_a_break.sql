-- Rule: a series has a value only in its own editions; the parts of a broken series (ids that end in _1, _2)
-- never score in the same edition; one measure holds one series.
with

outside as (

    select
        grades.measure_id,
        grades.edition,
        'a value lies in the editions of its series' as rule
    from {{ ref('int_measures__graded') }} as grades
    inner join {{ ref('dim_measure') }} as measures
        on measures.measure_id = grades.measure_id
    where
        grades.measure_value is not null
        and (grades.edition < measures.first_edition or grades.edition > measures.last_edition)

),

scored as (

    select distinct
        measures.series_id,
        left(measures.series_id, length(measures.series_id) - 2) as series_family,
        grades.edition,
        grades.measure_id
    from {{ ref('int_measures__graded') }} as grades
    inner join {{ ref('dim_measure') }} as measures
        on measures.measure_id = grades.measure_id
    where grades.score is not null

),

overlapping as (

    select
        max(measure_id) as measure_id,
        edition,
        'two parts of a broken series never score in one edition' as rule
    from scored
    group by series_family, edition
    having count(*) > 1

),

shared as (

    select
        max(measure_id) as measure_id,
        cast(null as {{ dbt.type_string() }}) as edition,
        'a series belongs to one measure' as rule
    from {{ ref('dim_measure') }}
    group by series_id
    having count(*) > 1

)

select distinct * from outside
union all
select * from overlapping
union all
select * from shared
