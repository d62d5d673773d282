-- One row per draw, ranking and council with a change: the normal numbers of the noise of its two editions. Every pair
-- of editions takes the same.
{% set noise_key = ['numbers.number', 'councils.ranking_id', 'councils.gss_code'] %}

with

numbers as (

    {{ council_productivity.number_series(var('draws')) }}

),

councils as (

    select distinct
        ranking_id,
        gss_code
    from {{ ref('int_change__rankings') }}

),

digits as (

    select
        numbers.number as draw,
        councils.ranking_id,
        councils.gss_code,
        {{ council_productivity.noise_digits('noise_of_change', noise_key) }} as change_digits
    from numbers
    cross join councils

),

final as (

    select
        draw,
        ranking_id,
        gss_code,
        {{ council_productivity.normal_from_digits('change_digits') }} as change_now_normal,
        {{ council_productivity.normal_from_digits('change_digits', first_digit=17) }} as change_before_normal
    from digits

)

select * from final
