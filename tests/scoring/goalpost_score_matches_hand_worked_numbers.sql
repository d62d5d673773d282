-- More is better, worst 10 and best 30: 15 is a quarter of the way, 1 + 99 / 4 = 25.75.
-- Less is better, worst 30 and best 10: 15 is three quarters of the way, 1 + 99 * 3 / 4 = 75.25.
-- Beyond a post the score stays at 1 or 100. A missing value or post, or equal posts, give no score.
with given as (
    select
        cases.case_name,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.worst_goalpost as {{ council_productivity.number_type() }}) as worst_goalpost,
        cast(cases.best_goalpost as {{ council_productivity.number_type() }}) as best_goalpost,
        cast(cases.expected as {{ council_productivity.number_type() }}) as expected
    from (
        values
        ('more is better: worst post', 10, 10, 30, 1),
        ('more is better: a quarter', 15, 10, 30, 25.75),
        ('more is better: best post', 30, 10, 30, 100),
        ('more is better: beyond the worst', 9, 10, 30, 1),
        ('more is better: beyond the best', 31, 10, 30, 100),
        ('less is better: worst post', 30, 30, 10, 1),
        ('less is better: three quarters', 15, 30, 10, 75.25),
        ('less is better: best post', 10, 30, 10, 100),
        ('less is better: beyond the worst', 31, 30, 10, 1),
        ('less is better: beyond the best', 9, 30, 10, 100),
        ('posts below zero: a half', -10, -20, 0, 50.5),
        ('missing value', null, 10, 30, null),
        ('missing worst post', 15, null, 30, null),
        ('missing best post', 15, 10, null, null),
        ('equal posts', 15, 10, 10, null)
    ) as cases (case_name, figure, worst_goalpost, best_goalpost, expected)
),

scored as (
    select
        case_name,
        expected,
        {{ council_productivity.goalpost_score('figure', 'worst_goalpost', 'best_goalpost') }} as score
    from given
)

select
    case_name,
    expected,
    score
from scored
where
    (score is null) <> (expected is null)
    or abs(score - expected) > 0.000000001
