-- More is better, worst 10 and best 30: 25.75 is a quarter of the way, 10 + 20 / 4 = 15.
-- Less is better, worst 30 and best 10: 75.25 is three quarters of the way, 30 - 20 * 3 / 4 = 15.
-- The score of the value is the score again, on and between the posts, whichever of the posts is the greater.
with given as (
    select
        cases.case_name,
        cast(cases.score as {{ council_productivity.number_type() }}) as score,
        cast(cases.worst_goalpost as {{ council_productivity.number_type() }}) as worst_goalpost,
        cast(cases.best_goalpost as {{ council_productivity.number_type() }}) as best_goalpost,
        cast(cases.expected as {{ council_productivity.number_type() }}) as expected
    from (
        values
        ('more is better: worst post', 1, 10, 30, 10),
        ('more is better: a quarter', 25.75, 10, 30, 15),
        ('more is better: best post', 100, 10, 30, 30),
        ('less is better: worst post', 1, 30, 10, 30),
        ('less is better: three quarters', 75.25, 30, 10, 15),
        ('less is better: best post', 100, 30, 10, 10),
        ('posts below zero: a half', 50.5, -20, 0, -10),
        ('missing score', null, 10, 30, null)
    ) as cases (case_name, score, worst_goalpost, best_goalpost, expected)
),

valued as (
    select
        *,
        {{ council_productivity.value_at_score('score', 'worst_goalpost', 'best_goalpost') }} as figure
    from given
),

scored as (
    select
        *,
        {{ council_productivity.goalpost_score('figure', 'worst_goalpost', 'best_goalpost') }} as score_again
    from valued
)

select
    case_name,
    expected,
    figure,
    score,
    score_again
from scored
where
    (figure is null) <> (expected is null)
    or abs(figure - expected) > 0.000000001
    or (score_again is null) <> (score is null)
    or abs(score_again - score) > 0.000000001
