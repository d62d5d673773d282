-- Four values 1, 3, 3, 7: ranks 1, 2.5, 2.5, 4 less the middle 2.5, over 4. Three that are the same: in the middle.
-- 5 and 5.0000000001 are the same at nine decimals, 5.00000001 is more. A single value is in the middle.
with given as (
    select
        cases.case_name,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.expected as {{ council_productivity.number_type() }}) as expected
    from (
        values
        ('four', 1, -0.375),
        ('four', 3, 0),
        ('four', 3, 0),
        ('four', 7, 0.375),
        ('all one', 2, 0),
        ('all one', 2, 0),
        ('all one', 2, 0),
        ('at nine decimals', 5, -0.166666666666667),
        ('at nine decimals', 5.0000000001, -0.166666666666667),
        ('at nine decimals', 5.00000001, 0.333333333333333),
        ('single', 4, 0)
    ) as cases (case_name, figure, expected)
),

ranked as (
    select
        case_name,
        figure,
        expected,
        {{ council_productivity.centred_rank('figure', 'case_name') }} as centred_rank
    from given
)

select
    case_name,
    figure,
    expected,
    centred_rank
from ranked
where coalesce(abs(centred_rank - expected), 1) > 0.000000001
