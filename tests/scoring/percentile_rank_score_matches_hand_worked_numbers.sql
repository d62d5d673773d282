-- Five values are present, so each has four others. Of the others 3 beats none (0 / 4), 5 beats one
-- (1 / 4), the two 8s beat two and share that (2 / 4), 9 beats all (4 / 4). With polarity -1 the 3
-- beats all, 5 beats three, the 8s beat one, 9 none. On 1 to 100 a share is 1 + 99 * share.
-- 8 and 8.0000000001 are the same at nine decimals. A missing value is no one's other; a single
-- value has no others and no score.
with given as (
    select
        cases.case_name,
        cast(cases.polarity as {{ council_productivity.number_type() }}) as polarity,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.expected_beaten as {{ council_productivity.number_type() }}) as expected_beaten
    from (
        values
        ('more is better', 1, 3, 0),
        ('more is better', 1, 5, 0.25),
        ('more is better', 1, 8, 0.5),
        ('more is better', 1, 8.0000000001, 0.5),
        ('more is better', 1, 9, 1),
        ('more is better', 1, null, null),
        ('less is better', -1, 3, 1),
        ('less is better', -1, 5, 0.75),
        ('less is better', -1, 8, 0.25),
        ('less is better', -1, 8.0000000001, 0.25),
        ('less is better', -1, 9, 0),
        ('less is better', -1, null, null),
        ('different at nine decimals', 1, 8, 0),
        ('different at nine decimals', 1, 8.00000001, 1),
        ('single value', 1, 5, null),
        ('single value', 1, null, null)
    ) as cases (case_name, polarity, figure, expected_beaten)
),

scored as (
    select
        case_name,
        figure,
        expected_beaten,
        {{ council_productivity.percentile_rank_score('figure', 'case_name', 'polarity', 0, 1) }} as beaten,
        {{ council_productivity.percentile_rank_score('figure', 'case_name', 'polarity') }} as score
    from given
)

select
    case_name,
    figure,
    expected_beaten,
    beaten,
    score
from scored
where
    (beaten is null) <> (expected_beaten is null)
    or abs(beaten - expected_beaten) > 0.000000001
    or (score is null) <> (expected_beaten is null)
    or abs(score - (1 + 99 * expected_beaten)) > 0.000000001
