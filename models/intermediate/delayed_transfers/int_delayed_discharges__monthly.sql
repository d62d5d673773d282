-- One row per council and month with discharges by discharge ready date: counts as printed, and shares where the
-- month's returns are complete enough. What is expected in a year is spread over its days. Another definition than
-- delayed transfers, which are not read here.
with

figures as (

    select
        figures.edition,
        figures.sub_period as month,
        figures.gss_code,
        {% for item in ['discharges', 'discharged_no_delay', 'discharged_delayed', 'bed_days_after_ready_date'] %}
            max(case when figures.item_id = '{{ item }}' then figures.figure_value end) as {{ item }},
        {% endfor %}
        max(case when figures.item_id = 'discharges' then figures.missing_reason end) as printed_reason
    from {{ ref('int_figures__by_council') }} as figures
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = figures.edition
            and live.gss_code = figures.gss_code
    where figures.publication_id = 'nhs_discharge_ready'
    group by figures.edition, figures.sub_period, figures.gss_code

),

rules as (

    select
        edition,
        gss_code,
        figure_expected,
        least_share
    from {{ ref('int_figures__completeness') }}
    where publication_id = 'nhs_discharge_ready_by_delay'

),

expected as (

    select
        figures.*,
        rules.least_share,
        {{ council_productivity.round_score(
            'rules.figure_expected / 365e0 * extract(day from '
            ~ dbt.last_day("cast(figures.month || '-01' as date)", 'month') ~ ')'
        ) }} as expected_discharges
    from figures
    left join rules
        on
            rules.edition = figures.edition
            and rules.gss_code = figures.gss_code

),

shared as (

    select
        *,
        {{ council_productivity.round_score('discharges / nullif(expected_discharges, 0)') }} as share_of_expected
    from expected

),

judged as (

    select
        *,
        case
            when printed_reason is not null then printed_reason
            when expected_discharges is null then 'no_population'
            when coalesce(share_of_expected, 0) < least_share then 'not_comparable'
            when discharges = 0 then 'small_numbers'
        end as missing_reason
    from shared

),

england as (

    select
        month,
        {{ council_productivity.round_score('100 * sum(discharged_no_delay) / nullif(sum(discharges), 0)') }}
            as england_on_ready_date_pct,
        {{ council_productivity.round_score(
            'sum(bed_days_after_ready_date) / nullif(sum(discharged_delayed), 0)'
        ) }} as england_days_per_delay
    from judged
    where missing_reason is null
    group by month

),

final as (

    select
        judged.edition,
        judged.month,
        judged.gss_code,
        judged.discharges,
        judged.discharged_no_delay,
        judged.discharged_delayed,
        judged.bed_days_after_ready_date,
        judged.expected_discharges,
        judged.share_of_expected,
        case
            when judged.missing_reason is null
                then {{ council_productivity.round_score(
                    '100 * judged.discharged_no_delay / nullif(judged.discharges, 0)'
                ) }}
        end as on_ready_date_pct,
        case
            when judged.missing_reason is null
                then {{ council_productivity.round_score(
                    'judged.bed_days_after_ready_date / nullif(judged.discharged_delayed, 0)'
                ) }}
        end as days_per_delay,
        england.england_on_ready_date_pct,
        england.england_days_per_delay,
        judged.missing_reason
    from judged
    left join england
        on england.month = judged.month

)

select * from final
