-- Weights 1 and 3, and 5 on a missing value, which therefore counts nowhere.
-- 20 and 60: arithmetic (1 * 20 + 3 * 60) / 4 = 50; harmonic 4 / (1 / 20 + 3 / 60) = 4 / 0.1 = 40;
-- geometric exp((ln 20 + 3 ln 60) / 4) = (20 * 60^3) ^ (1 / 4) = 4320000 ^ 0.25 = 45.590141139096.
-- 32 and 2: arithmetic (32 + 6) / 4 = 9.5; geometric (2^5 * 2^3) ^ (1 / 4) = 2^2 = 4; harmonic
-- 4 / (1 / 32 + 3 / 2) = 4 * 32 / 49 = 128 / 49 = 2.612244897959184.
-- Equal values have that mean of any kind. Without a value, or without weight on one, there is none.
with given as (
    select
        cases.case_name,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.weight as {{ council_productivity.number_type() }}) as weight
    from (
        values
        ('20 and 60', 20, 1),
        ('20 and 60', 60, 3),
        ('20 and 60', null, 5),
        ('32 and 2', 32, 1),
        ('32 and 2', 2, 3),
        ('32 and 2', null, 5),
        ('equal values', 7, 0.3),
        ('equal values', 7, 0.9),
        ('equal values', null, 0.1),
        ('no value', null, 1),
        ('no weight', 50, 0),
        ('no weight', null, 1)
    ) as cases (case_name, figure, weight)
),

expected as (
    select
        cases.case_name,
        cast(cases.arithmetic as {{ council_productivity.number_type() }}) as arithmetic,
        cast(cases.geometric as {{ council_productivity.number_type() }}) as geometric,
        cast(cases.harmonic as {{ council_productivity.number_type() }}) as harmonic
    from (
        values
        ('20 and 60', 50, 45.590141139096, 40),
        ('32 and 2', 9.5, 4, 2.612244897959184),
        ('equal values', 7, 7, 7),
        ('no value', null, null, null),
        ('no weight', null, null, null)
    ) as cases (case_name, arithmetic, geometric, harmonic)
),

averaged as (
    select
        case_name,
        {{ council_productivity.weighted_mean('figure', 'weight') }} as arithmetic,
        {{ council_productivity.weighted_mean('figure', 'weight', 'geometric') }} as geometric,
        {{ council_productivity.weighted_mean('figure', 'weight', 'harmonic') }} as harmonic
    from given
    group by case_name
)

select
    expected.case_name,
    expected.arithmetic as expected_arithmetic,
    averaged.arithmetic,
    expected.geometric as expected_geometric,
    averaged.geometric,
    expected.harmonic as expected_harmonic,
    averaged.harmonic
from expected
left join averaged on averaged.case_name = expected.case_name
where
    (averaged.arithmetic is null) <> (expected.arithmetic is null)
    or abs(averaged.arithmetic - expected.arithmetic) > 0.000000001
    or (averaged.geometric is null) <> (expected.geometric is null)
    or abs(averaged.geometric - expected.geometric) > 0.000000001
    or (averaged.harmonic is null) <> (expected.harmonic is null)
    or abs(averaged.harmonic - expected.harmonic) > 0.000000001
