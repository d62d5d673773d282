-- Slots of weights 1, 3 and 5. Slot 3 is mostly missing and then counts nowhere, as in weighted_mean.
-- 20 and 60: arithmetic (20 + 3 * 60) / 4 = 50; geometric (20 * 60^3) ^ (1 / 4) = 45.590141139096.
-- 32 and 2: arithmetic (32 + 3 * 2) / 4 = 9.5; geometric (2^5 * 2^3) ^ (1 / 4) = 4.
-- 1 and 1: present, though the logarithm of 1 is 0: both means 1. Slot 1 alone: 80 and 80.
-- 8, 2 and 4: (8 + 6 + 20) / 9 = 34 / 9; geometric (2^3 * 2^3 * 2^10) ^ (1 / 9) = 2 ^ (16 / 9) = 3.428975931412.
-- Slot 2 left out, that is of weight 0: 20 and 60 have the mean 20.
with given as (
    select
        cases.case_name,
        cast(cases.slot as bigint) as slot,
        cast(cases.figure as {{ council_productivity.number_type() }}) as figure,
        cast(cases.weight as {{ council_productivity.number_type() }}) as weight
    from (
        values
        ('20 and 60', 1, 20, 1),
        ('20 and 60', 2, 60, 3),
        ('20 and 60', 3, null, 5),
        ('32 and 2', 1, 32, 1),
        ('32 and 2', 2, 2, 3),
        ('32 and 2', 3, null, 5),
        ('1 and 1', 1, 1, 1),
        ('1 and 1', 2, 1, 3),
        ('1 and 1', 3, null, 5),
        ('slot 1 alone', 1, 80, 1),
        ('slot 1 alone', 2, null, 3),
        ('slot 1 alone', 3, null, 5),
        ('8, 2 and 4', 1, 8, 1),
        ('8, 2 and 4', 2, 2, 3),
        ('8, 2 and 4', 3, 4, 5),
        ('slot 2 left out', 1, 20, 1),
        ('slot 2 left out', 2, 60, 0),
        ('slot 2 left out', 3, null, 5)
    ) as cases (case_name, slot, figure, weight)
),

expected as (
    select
        cases.case_name,
        cast(cases.arithmetic as {{ council_productivity.number_type() }}) as arithmetic,
        cast(cases.geometric as {{ council_productivity.number_type() }}) as geometric
    from (
        values
        ('20 and 60', 50, 45.590141139096),
        ('32 and 2', 9.5, 4),
        ('1 and 1', 1, 1),
        ('slot 1 alone', 80, 80),
        ('8, 2 and 4', 3.777777777778, 3.428975931412),
        ('slot 2 left out', 20, 20)
    ) as cases (case_name, arithmetic, geometric)
),

in_rows as (
    select
        case_name,
        {{ council_productivity.weighted_mean('figure', 'weight') }} as arithmetic,
        {{ council_productivity.weighted_mean('figure', 'weight', 'geometric') }} as geometric
    from given
    group by case_name
),

slotted as (
    select
        case_name,
        {{ council_productivity.slot_columns('figure', 'figure_', 3) }},
        {{ council_productivity.slot_columns('ln(figure)', 'logarithm_', 3) }},
        {{ council_productivity.slot_columns('case when figure is not null then 1.0 end', 'mark_', 3) }},
        {{ council_productivity.slot_columns('weight', 'weight_', 3) }}
    from given
    group by case_name
),

in_columns as (
    select
        case_name,
        {{ council_productivity.slot_mean('figure_', 'mark_', 'weight_', 3) }} as arithmetic,
        exp({{ council_productivity.slot_mean('logarithm_', 'mark_', 'weight_', 3) }}) as geometric
    from slotted
)

select
    expected.case_name,
    expected.arithmetic as expected_arithmetic,
    in_rows.arithmetic as arithmetic_in_rows,
    in_columns.arithmetic as arithmetic_in_columns,
    expected.geometric as expected_geometric,
    in_rows.geometric as geometric_in_rows,
    in_columns.geometric as geometric_in_columns
from expected
left join in_rows on in_rows.case_name = expected.case_name
left join in_columns on in_columns.case_name = expected.case_name
where
    coalesce(abs(in_columns.arithmetic - expected.arithmetic), 1) > 0.000000001
    or coalesce(abs(in_columns.geometric - expected.geometric), 1) > 0.000000001
    or coalesce(abs(in_columns.arithmetic - in_rows.arithmetic), 1) > 0.000000001
    or coalesce(abs(in_columns.geometric - in_rows.geometric), 1) > 0.000000001
