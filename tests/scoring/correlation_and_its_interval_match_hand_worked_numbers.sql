-- 1, 2, 3, 4 against 2, 1, 4, 3: sums of squares 5 and 5, of products 3, so 0.6. Against 8, 6, 4, 2: -1, whole, and
-- without an interval. Against 5, 5, 5, 5, and where only rounding varies: none, never NaN.
-- The interval on 0.6 of four: z = ln(1.6 / 0.4) / 2 = 0.693147, standard error sqrt(1.18 / 1) = 1.086278; 1.959964
-- times that is 2.129066, so tanh(-1.435919) = -0.892873 to tanh(2.822213) = 0.992951.
with given as (
    select
        cases.case_name,
        cast(cases.one as {{ council_productivity.number_type() }}) as one,
        cast(cases.other as {{ council_productivity.number_type() }}) as other
    from (
        values
        ('some', 1, 2),
        ('some', 2, 1),
        ('some', 3, 4),
        ('some', 4, 3),
        ('whole', 1, 8),
        ('whole', 2, 6),
        ('whole', 3, 4),
        ('whole', 4, 2),
        ('constant', 1, 5),
        ('constant', 2, 5),
        ('constant', 3, 5),
        ('constant', 4, 5),
        ('rounding', 1, 0.3),
        ('rounding', 2, 0.3000000000001),
        ('rounding', 3, 0.3),
        ('rounding', 4, 0.3000000000001),
        ('three', 1, 1),
        ('three', 2, 3),
        ('three', 3, 2),
        ('one alone', 1, 1)
    ) as cases (case_name, one, other)
),

expected as (
    select
        cases.case_name,
        cast(cases.correlation as {{ council_productivity.number_type() }}) as correlation,
        cast(cases.lower_end as {{ council_productivity.number_type() }}) as lower_end,
        cast(cases.upper_end as {{ council_productivity.number_type() }}) as upper_end
    from (
        values
        ('some', 0.6, -0.892873, 0.992951),
        ('whole', -1, null, null),
        ('constant', null, null, null),
        ('rounding', null, null, null),
        ('three', 0.5, null, null),
        ('one alone', null, null, null)
    ) as cases (case_name, correlation, lower_end, upper_end)
),

correlated as (
    select
        case_name,
        count(*) as councils,
        {{ council_productivity.correlation('one', 'other') }} as correlation
    from given
    group by case_name
),

bounded as (
    select
        case_name,
        correlation,
        {{ council_productivity.correlation_bound('correlation', 'councils', -1) }} as lower_end,
        {{ council_productivity.correlation_bound('correlation', 'councils', 1) }} as upper_end
    from correlated
)

select
    expected.case_name,
    bounded.correlation,
    bounded.lower_end,
    bounded.upper_end
from expected
inner join bounded
    on bounded.case_name = expected.case_name
where
    (bounded.correlation is null) <> (expected.correlation is null)
    or abs(bounded.correlation - expected.correlation) > 0.000000001
    or (bounded.lower_end is null) <> (expected.lower_end is null)
    or abs(bounded.lower_end - expected.lower_end) > 0.000001
    or (bounded.upper_end is null) <> (expected.upper_end is null)
    or abs(bounded.upper_end - expected.upper_end) > 0.000001
