-- (a - b) / (ln a - ln b), the same whichever comes first, and the number itself where they are equal.
-- 40 and 20: 20 / ln 2 = 28.853900817779. 100 and 1: 99 / ln 100 = 21.497576854210962.
-- 60 and 60.0000000000001, nearer than 1e-12 of 60: 60, where a difference of rounded logarithms would be noise.
-- 50 and 50.0001: halfway to nine decimals, 50.00005 - (0.0001 ^ 2) / (12 * 50) = 50.00005 - 1.7e-11.
with given as (
    select
        cast(cases.one as {{ council_productivity.number_type() }}) as one,
        cast(cases.two as {{ council_productivity.number_type() }}) as two,
        cast(cases.expected as {{ council_productivity.number_type() }}) as expected
    from (
        values
        (40, 20, 28.853900817779),
        (20, 40, 28.853900817779),
        (100, 1, 21.497576854211),
        (60, 60, 60),
        (1, 1, 1),
        (60, 60.0000000000001, 60),
        (50, 50.0001, 50.00005)
    ) as cases (one, two, expected)
),

averaged as (
    select
        one,
        two,
        expected,
        {{ council_productivity.logarithmic_mean('one', 'two') }} as mean
    from given
)

select
    one,
    two,
    expected,
    mean
from averaged
where coalesce(abs(mean - expected), 1) > 0.000000001
