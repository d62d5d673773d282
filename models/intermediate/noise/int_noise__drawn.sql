-- One row per draw, ranking and council that may be ranked: the normal numbers of its noise. Every edition and scenario
-- takes the same: a band is of one edition, and a twelfth of the numbers are drawn. Those of changes stand in
-- int_noise__drawn_of_change.
{% set noise_key = ['numbers.number', 'councils.ranking_id', 'councils.gss_code'] %}

with

numbers as (

    {{ council_productivity.number_series([var('draws'), var('effect_draws'), 1] | max) }}

),

councils as (

    select distinct
        ranking_id,
        gss_code
    from {{ ref('int_noise__outcome_sampling_error') }}

),

digits as (

    select
        numbers.number as draw,
        councils.ranking_id,
        councils.gss_code,
        {{ council_productivity.noise_digits('noise', noise_key) }} as noise_digits
    from numbers
    cross join councils

),

final as (

    select
        draw,
        ranking_id,
        gss_code,
        {{ council_productivity.normal_from_digits('noise_digits') }} as sampling_normal,
        {{ council_productivity.normal_from_digits('noise_digits', first_digit=17) }} as year_normal,
        -- the sine of the same two numbers is a second normal number, independent of the first
        {{ council_productivity.normal_from_digits('noise_digits', wave='sin') }} as next_edition_normal
    from digits

)

select * from final
