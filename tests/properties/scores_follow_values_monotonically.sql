-- Property (monotone): within a measure a better value never scores or grades lower, whatever edition or council.
with

ordered as (

    select
        grades.measure_id,
        grades.edition,
        grades.gss_code,
        grades.measure_value,
        grades.score,
        grades.grade,
        lag(grades.score) over (
            partition by grades.measure_id order by grades.measure_value * measures.polarity, grades.score
        ) as score_before,
        lag(grades.grade) over (
            partition by grades.measure_id order by grades.measure_value * measures.polarity, grades.score
        ) as grade_before
    from {{ ref('int_measures__graded') }} as grades
    inner join {{ ref('dim_measure') }} as measures
        on measures.measure_id = grades.measure_id
    where grades.score is not null

)

select
    *,
    'a better value never scores lower' as rule
from ordered
where
    score < score_before - 1e-9
    or grade > grade_before
