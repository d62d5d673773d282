{% set tests = [
    'september_2017_expectation_met',
    'improved_since_september_2016',
    'improved_since_february_2017',
    'in_quarter_with_least_delay',
    'at_or_below_2_6',
] %}

with

government_tests as (

    select
        {% for test_id in tests %}
            max(case when test_id = '{{ test_id }}' then result end) as government_test_{{ test_id }},
        {% endfor %}
        gss_code
    from {{ ref('fct_delayed_transfers_government_test') }}
    group by gss_code

),

reasons as (

    select
        {% for reason in council_productivity.delayed_transfer_reasons() %}
            {{ council_productivity.round_score(
                '100 * sum(days_' ~ reason ~ ') / nullif(sum(case when days_' ~ reason
                ~ ' is not null then days_total end), 0)'
            ) }} as {{ reason }}_share_pct,
        {% endfor %}
        edition,
        gss_code
    from {{ ref('int_delayed_transfers__days') }}
    group by edition, gss_code

),

final as (

    select
        transfers.*,
        {% for reason in council_productivity.delayed_transfer_reasons() %}
            reasons.{{ reason }}_share_pct,
        {% endfor %}
        {% for test_id in tests %}
            government_tests.government_test_{{ test_id }},
        {% endfor %}
        councils.council_name,
        councils.council_type_name,
        councils.region
    from {{ ref('fct_delayed_transfers') }} as transfers
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = transfers.gss_code
    inner join reasons
        on
            reasons.edition = transfers.edition
            and reasons.gss_code = transfers.gss_code
    left join government_tests
        on
            government_tests.gss_code = transfers.gss_code
            and transfers.edition = '2017-18'

)

-- the wide row holds every column of the mart it widens
select * from final -- noqa: AM04
