with

rates as (

    select * from {{ ref('int_delayed_transfers__monthly') }}
    where is_rankable

),

september_2017 as (

    select
        rates.gss_code,
        rates.rate_social_care,
        {{ council_productivity.rank_group('ranked.rate_social_care_rank', 'ranked.ranked_councils', 4) }} as quartile
    from rates
    left join {{ ref('int_delayed_transfers__ranked') }} as ranked
        on
            ranked.gss_code = rates.gss_code
            and ranked.month = rates.month
    where rates.month = '2017-09'

),

expectations as (

    select * from {{ ref('int_delayed_transfers__expectations') }}
    where
        month = '2017-09'
        and responsible = 'social_care'

),

compared as (

    select
        september_2017.gss_code,
        september_2017.rate_social_care,
        september_2017.quartile,
        expectations.expected_rate,
        expectations.answer as expectation_answer,
        september_2016.rate_social_care as rate_september_2016,
        february_2017.rate_social_care as rate_february_2017
    from september_2017
    inner join expectations
        on expectations.gss_code = september_2017.gss_code
    left join rates as september_2016
        on
            september_2016.gss_code = september_2017.gss_code
            and september_2016.month = '2016-09'
    left join rates as february_2017
        on
            february_2017.gss_code = september_2017.gss_code
            and february_2017.month = '2017-02'

),

final as (

    select
        gss_code,
        'september_2017_expectation_met' as test_id,
        cast(1 as bigint) as test_order,
        rate_social_care,
        expected_rate as compared_with,
        case expectation_answer when 'met' then 'pass' when 'not met' then 'fail' else expectation_answer end as result
    from compared
    {% for test_id, order, other in [
        ('improved_since_september_2016', 2, 'rate_september_2016'),
        ('improved_since_february_2017', 3, 'rate_february_2017'),
    ] %}
        union all
        select
            gss_code,
            '{{ test_id }}' as test_id,
            cast({{ order }} as bigint) as test_order,
            rate_social_care,
            {{ other }} as compared_with,
            case
                when rate_social_care is null or {{ other }} is null then 'no figure held'
                when rate_social_care < {{ other }} then 'pass'
                else 'fail'
            end as result
        from compared
    {% endfor %}
    union all
    select
        gss_code,
        'in_quarter_with_least_delay' as test_id,
        cast(4 as bigint) as test_order,
        rate_social_care,
        cast(quartile as {{ council_productivity.number_type() }}) as compared_with,
        case when quartile is null then 'no figure held' when quartile = 1 then 'pass' else 'fail' end as result
    from compared
    union all
    select
        gss_code,
        'at_or_below_2_6' as test_id,
        cast(5 as bigint) as test_order,
        rate_social_care,
        cast(2.6 as {{ council_productivity.number_type() }}) as compared_with,
        case
            when rate_social_care is null then 'no figure held'
            when rate_social_care <= 2.6 then 'pass'
            else 'fail'
        end as result
    from compared

)

select * from final
