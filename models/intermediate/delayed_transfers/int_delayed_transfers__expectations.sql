-- One row per area, month and responsible body: the rate against the expectation that a user has filled in, if any.
with

rates as (

    {% for item in ['total', 'nhs', 'social_care', 'both'] %}
        select
            gss_code,
            area_name,
            area_kind,
            month,
            '{{ item }}' as responsible,
            beds_{{ item }} as delayed_beds_per_day,
            rate_{{ item }} as rate,
            adults,
            rate_missing_reason
        from {{ ref('int_delayed_transfers__monthly') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        rates.gss_code,
        rates.area_name,
        rates.area_kind,
        rates.month,
        rates.responsible,
        rates.delayed_beds_per_day,
        rates.rate,
        expectations.expected_delayed_beds_per_day,
        {{ council_productivity.round_score('expectations.expected_delayed_beds_per_day / rates.adults * 100000') }}
            as expected_rate,
        case
            when expectations.gss_code is null then 'no target held'
            when rates.delayed_beds_per_day is null then 'no figure held'
            when rates.delayed_beds_per_day <= {{ council_productivity.round_score(
                'expectations.expected_delayed_beds_per_day'
            ) }} then 'met'
            else 'not met'
        end as answer
    from rates
    left join {{ ref('stg_register__own_delayed_transfer_expectations') }} as expectations
        on
            expectations.gss_code = rates.gss_code
            and expectations.month = rates.month
            and expectations.responsible = rates.responsible

)

select * from final
