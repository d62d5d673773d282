with

tests as (

    select
        gss_code,
        {% for test_id in [
            'september_2017_expectation_met',
            'improved_since_september_2016',
            'improved_since_february_2017',
            'in_quarter_with_least_delay',
            'at_or_below_2_6',
        ] %}
            max(case when test_id = '{{ test_id }}' then result end) as government_test_{{ test_id }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_delayed_transfers_government_test') }}
    group by gss_code

),

reasons as (

    select
        edition,
        gss_code,
        {% for item in ['awaiting_assessment', 'awaiting_public_funding', 'awaiting_nhs_non_acute', 'awaiting_residential_home', 'awaiting_nursing_home', 'awaiting_home_care_package', 'awaiting_equipment', 'patient_or_family_choice', 'disputes', 'housing', 'other'] %}
            {{ council_productivity.round_score(
                '100 * sum(days_' ~ item ~ ') / nullif(sum(case when days_' ~ item ~ ' is not null then days_total end), 0)'
            ) }} as {{ item }}_share_pct{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_delayed_transfers__days') }}
    group by edition, gss_code

),

final as (

    select
        transfers.*,
        councils.council_name,
        councils.council_type_name,
        councils.region,
        {% for item in ['awaiting_assessment', 'awaiting_public_funding', 'awaiting_nhs_non_acute', 'awaiting_residential_home', 'awaiting_nursing_home', 'awaiting_home_care_package', 'awaiting_equipment', 'patient_or_family_choice', 'disputes', 'housing', 'other'] %}
            reasons.{{ item }}_share_pct,
        {% endfor %}
        {% for test_id in [
            'september_2017_expectation_met',
            'improved_since_september_2016',
            'improved_since_february_2017',
            'in_quarter_with_least_delay',
            'at_or_below_2_6',
        ] %}
            tests.government_test_{{ test_id }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_delayed_transfers') }} as transfers
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = transfers.gss_code
    inner join reasons
        on
            reasons.edition = transfers.edition
            and reasons.gss_code = transfers.gss_code
    left join tests
        on
            tests.gss_code = transfers.gss_code
            and transfers.edition = '2017-18'

)

select * from final
