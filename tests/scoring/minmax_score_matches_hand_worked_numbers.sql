-- More is better: worst 10, best 30, so 15 is a quarter of the way, 1 + 99 / 4 = 25.75.
-- Less is better: worst 30, best 10, so 15 is three quarters of the way, 1 + 99 * 3 / 4 = 75.25.
-- Equal values have no spread and no score; a missing value keeps none and moves no other.
-- From 0 to 1 the same 15 is 0.25 and 0.75.
with given as (
    select
        cases.case_name,
        cast(cases.polarity as {{ council_productivity.number_type() }}) as polarity,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.expected as {{ council_productivity.number_type() }}) as expected,
        cast(cases.expected_share as {{ council_productivity.number_type() }}) as expected_share
    from (
        values
        ('more is better', 1, 10, 1, 0),
        ('more is better', 1, 15, 25.75, 0.25),
        ('more is better', 1, 30, 100, 1),
        ('more is better', 1, null, null, null),
        ('less is better', -1, 10, 100, 1),
        ('less is better', -1, 15, 75.25, 0.75),
        ('less is better', -1, 30, 1, 0),
        ('less is better', -1, null, null, null),
        ('equal values', 1, 7, null, null),
        ('equal values', 1, 7, null, null)
    ) as cases (case_name, polarity, figure, expected, expected_share)
),

scored as (
    select
        case_name,
        figure,
        expected,
        expected_share,
        {{ council_productivity.minmax_score('figure', 'case_name', 'polarity') }} as score,
        {{ council_productivity.minmax_score('figure', 'case_name', 'polarity', 0, 1) }} as score_share
    from given
)

select
    case_name,
    figure,
    expected,
    score,
    expected_share,
    score_share
from scored
where
    (score is null) <> (expected is null)
    or abs(score - expected) > 0.000000001
    or (score_share is null) <> (expected_share is null)
    or abs(score_share - expected_share) > 0.000000001
