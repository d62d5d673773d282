-- A from 80, B from 60, C from 40, D from 20, else E, at nine decimals: 79.9999999999 is 80 there,
-- and 79.999999999 is not. A missing score has no grade.
with given as (
    select
        cast(cases.score as {{ council_productivity.number_type() }}) as score,
        cases.expected
    from (
        values
        (100, 'A'),
        (80, 'A'),
        (79.9999999999, 'A'),
        (79.999999999, 'B'),
        (60, 'B'),
        (59.9999999999, 'B'),
        (59.999999999, 'C'),
        (40, 'C'),
        (39.9999999999, 'C'),
        (39.999999999, 'D'),
        (20, 'D'),
        (19.9999999999, 'D'),
        (19.999999999, 'E'),
        (1, 'E'),
        (null, null)
    ) as cases (score, expected)
),

graded as (
    select
        score,
        expected,
        {{ council_productivity.grade('score') }} as grade
    from given
)

select
    score,
    expected,
    grade
from graded
where coalesce(grade, 'none') <> coalesce(expected, 'none')
