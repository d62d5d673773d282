-- One row per area and month: delayed beds per day and per 100,000 adults by the publisher's definition (days over
-- the days of the month), and what became of them within twelve months.
{% set responsible = ['total', 'nhs', 'social_care', 'both'] %}

with

days as (

    select * from {{ ref('int_delayed_transfers__days') }}

),

rated as (

    select
        *,
        {% for item in responsible %}
            {{ council_productivity.round_score('days_' ~ item ~ ' / days_in_month') }} as beds_{{ item }},
            {{ council_productivity.round_score(
                'days_' ~ item ~ '_of_adults_known / days_in_month / adults * 100000'
            ) }} as rate_{{ item }},
        {% endfor %}
        cast(left(month, 4) as integer) * 12 + cast(right(month, 2) as integer) as month_number
    from days

),

year_before as (

    select
        now.gss_code,
        now.month,
        {% for item in responsible %}
            earlier.rate_{{ item }} as rate_{{ item }}_year_before,
        {% endfor %}
        earlier.days_total as days_total_year_before
    from rated as now
    inner join rated as earlier
        on
            earlier.gss_code = now.gss_code
            and earlier.month_number = now.month_number - 12

),

twelve_months as (

    -- Means of twelve rates of nine decimals lie halfway between two of nine too often: more decimals tell them apart.
    select
        now.gss_code,
        now.month,
        count(earlier.rate_total) as months_held,
        {{ council_productivity.round_score('avg(earlier.rate_total)', digits=12) }} as rate_total_mean,
        {{ council_productivity.round_score('avg(earlier.days_total)', digits=12) }} as days_total_mean,
        {{ council_productivity.regression(
            'slope', 'earlier.rate_total', 'earlier.month_number - now.month_number', digits=10
        ) }} as rate_total_trend
    from rated as now
    inner join rated as earlier
        on
            earlier.gss_code = now.gss_code
            and earlier.month_number between now.month_number - 11 and now.month_number
    group by now.gss_code, now.month

),

final as (

    select
        rated.*,
        year_before.days_total_year_before,
        {% for item in responsible %}
            year_before.rate_{{ item }}_year_before,
            {{ council_productivity.round_score(
                'rated.rate_' ~ item ~ ' - year_before.rate_' ~ item ~ '_year_before'
            ) }} as rate_{{ item }}_movement,
        {% endfor %}
        case when twelve_months.months_held = 12 then twelve_months.rate_total_mean end as rate_total_mean,
        case when twelve_months.months_held = 12 then twelve_months.days_total_mean end as days_total_mean,
        case when twelve_months.months_held = 12 then twelve_months.rate_total_trend end as rate_total_trend,
        case
            when rated.missing_reason is not null then rated.missing_reason
            when rated.adults is null then 'no_population'
        end as rate_missing_reason
    from rated
    left join year_before
        on
            year_before.gss_code = rated.gss_code
            and year_before.month = rated.month
    left join twelve_months
        on
            twelve_months.gss_code = rated.gss_code
            and twelve_months.month = rated.month

)

-- every column of the days is kept
select * from final -- noqa: AM04
