-- First edition: 90 is first; 70 and 70.0000000001 are the same at nine decimals, so both are
-- 1 + one strictly better = 2; 69.99999999 differs in the eighth and is 1 + three = 4; 50 is fifth.
-- The missing score has no rank, and takes none from the others. Another edition starts again at 1.
with given as (
    select
        cases.edition,
        cast(cases.score as {{ council_productivity.number_type() }}) as score,
        cast(cases.expected as integer) as expected
    from (
        values
        ('first', 90, 1),
        ('first', 70, 2),
        ('first', 70.0000000001, 2),
        ('first', 69.99999999, 4),
        ('first', 50, 5),
        ('first', null, null),
        ('second', 30, 2),
        ('second', 40, 1)
    ) as cases (edition, score, expected)
),

ranked as (
    select
        edition,
        score,
        expected,
        {{ council_productivity.rank_best_first('score', 'edition') }} as score_rank
    from given
)

select
    edition,
    score,
    expected,
    score_rank
from ranked
where coalesce(score_rank, 0) <> coalesce(expected, 0)
