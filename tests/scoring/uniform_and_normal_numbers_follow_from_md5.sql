-- md5('') = d41d8cd98f00b204e9800998ecf8427e: 0xd41d8cd9 / 2^32 = 3558706393 / 4294967296 = 0.828575900057.
-- md5('1|normalisation|1') begins f2081cc0: 4060617920 / 4294967296 = 0.945436283946.
-- The eight digits after give the angle of a normal number by Box and Muller, sqrt(-2 ln(1 - u)) cos(2 pi v):
-- of '' u = 0.828575900057 and v = 0x8f00b204 / 2^32 = 0.558604360558: 1.878092 * cos(3.509815) = -1.752201193974.
-- The last sixteen digits give another, independent of the first: of '' 1.969089019775.
with given as (
    select
        cases.subject,
        cast(cases.expected_uniform as {{ council_productivity.number_type() }}) as expected_uniform,
        cast(cases.expected_normal as {{ council_productivity.number_type() }}) as expected_normal,
        cast(cases.expected_other_normal as {{ council_productivity.number_type() }}) as expected_other_normal
    from (
        values
        ('', 0.828575900057, -1.752201193974, 1.969089019775),
        ('council', 0.322781167692, 0.500169162169, 0.767707084056),
        ('1|normalisation|1', 0.945436283946, -0.836279753447, 0.930016700653)
    ) as cases (subject, expected_uniform, expected_normal, expected_other_normal)
),

digested as (
    select
        *,
        {{ council_productivity.key_digits('subject') }} as digits
    from given
),

drawn as (
    select
        *,
        {{ council_productivity.uniform_from_key('subject') }} as uniform_number,
        {{ council_productivity.normal_from_digits('digits') }} as normal_number,
        {{ council_productivity.normal_from_digits('digits', first_digit=17) }} as other_normal_number
    from digested
)

select
    subject,
    digits,
    expected_uniform,
    uniform_number,
    expected_normal,
    normal_number,
    expected_other_normal,
    other_normal_number
from drawn
where
    coalesce(abs(uniform_number - expected_uniform), 1) > 0.000000001
    or coalesce(abs(normal_number - expected_normal), 1) > 0.000000001
    or coalesce(abs(other_normal_number - expected_other_normal), 1) > 0.000000001
