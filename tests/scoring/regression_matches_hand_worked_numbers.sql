-- 2, 1, 4, 3 on 1, 2, 3, 4: means 2.5 and 2.5, sum of products 3, of squares of the regressor 5. Slope 0.6, intercept
-- 2.5 - 0.6 * 2.5 = 1. A row without an outcome counts nowhere. A constant outcome has slope 0 and is the intercept.
-- Without a line, and never NaN: on a regressor that is constant, that only rounding moves, or that only a row without
-- an outcome moves, and through one point alone.
with given as (
    select
        cases.case_name,
        cast(cases.outcome as {{ council_productivity.number_type() }}) as outcome,
        cast(cases.regressor as {{ council_productivity.number_type() }}) as regressor
    from (
        values
        ('some', 2, 1),
        ('some', 1, 2),
        ('some', 4, 3),
        ('some', 3, 4),
        ('some', null, 50),
        ('constant outcome', 5, 1),
        ('constant outcome', 5, 2),
        ('constant outcome', 5, 3),
        ('constant regressor', 1, 5),
        ('constant regressor', 2, 5),
        ('constant regressor', 3, 5),
        ('rounding', 1, 0.3),
        ('rounding', 2, 0.3000000000001),
        ('rounding', 3, 0.3),
        ('constant where held', 1, 5),
        ('constant where held', 2, 5),
        ('constant where held', null, 6),
        ('one alone', 1, 1)
    ) as cases (case_name, outcome, regressor)
),

expected as (
    select
        cases.case_name,
        cast(cases.slope as {{ council_productivity.number_type() }}) as slope,
        cast(cases.intercept as {{ council_productivity.number_type() }}) as intercept
    from (
        values
        ('some', 0.6, 1),
        ('constant outcome', 0, 5),
        ('constant regressor', null, null),
        ('rounding', null, null),
        ('constant where held', null, null),
        ('one alone', null, null)
    ) as cases (case_name, slope, intercept)
),

fitted as (
    select
        case_name,
        {{ council_productivity.regression('slope', 'outcome', 'regressor') }} as slope,
        {{ council_productivity.regression('intercept', 'outcome', 'regressor') }} as intercept
    from given
    group by case_name
)

select
    expected.case_name,
    expected.slope as expected_slope,
    fitted.slope,
    expected.intercept as expected_intercept,
    fitted.intercept
from expected
left join fitted on fitted.case_name = expected.case_name
where
    (fitted.slope is null) <> (expected.slope is null)
    or abs(fitted.slope - expected.slope) > 0.000000001
    or (fitted.intercept is null) <> (expected.intercept is null)
    or abs(fitted.intercept - expected.intercept) > 0.000000001
