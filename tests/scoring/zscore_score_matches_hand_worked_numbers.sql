-- 1, 2 and 6: mean 3, deviations -2, -1 and 3, squares 4 + 1 + 9 = 14, over n - 1 = 2 is 7, so the
-- sample standard deviation is the square root of 7 = 2.645751311064591 and the scores are
-- -2 / 2.645751... = -0.755928946018454, -1 / 2.645751... = -0.377964473009227 and
-- 3 / 2.645751... = 1.133893419027682. Polarity -1 turns the signs. Moved to 100 and 10 they are
-- 100 + 10 z. The missing value counts neither in the mean nor in n. A single value and equal
-- values have no deviation and no score.
with given as (
    select
        cases.case_name,
        cast(cases.polarity as {{ council_productivity.number_type() }}) as polarity,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.expected as {{ council_productivity.number_type() }}) as expected
    from (
        values
        ('more is better', 1, 1, -0.755928946018454),
        ('more is better', 1, 2, -0.377964473009227),
        ('more is better', 1, 6, 1.133893419027682),
        ('more is better', 1, null, null),
        ('less is better', -1, 1, 0.755928946018454),
        ('less is better', -1, 2, 0.377964473009227),
        ('less is better', -1, 6, -1.133893419027682),
        ('single value', 1, 5, null),
        ('equal values', 1, 7, null),
        ('equal values', 1, 7, null)
    ) as cases (case_name, polarity, figure, expected)
),

scored as (
    select
        case_name,
        figure,
        expected,
        {{ council_productivity.zscore_score('figure', 'case_name', 'polarity') }} as score,
        {{ council_productivity.zscore_score('figure', 'case_name', 'polarity', 100, 10) }} as moved_score
    from given
)

select
    case_name,
    figure,
    expected,
    score,
    moved_score
from scored
where
    (score is null) <> (expected is null)
    or abs(score - expected) > 0.000000001
    or (moved_score is null) <> (expected is null)
    or abs(moved_score - (100 + 10 * expected)) > 0.000000001
