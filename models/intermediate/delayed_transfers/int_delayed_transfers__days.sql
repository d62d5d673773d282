-- One row per area and month: delayed days by who is responsible and by reason, side by side, for each council live in
-- the edition and, as E92000001, for England as the sum of the councils.
{% set responsible = ['total', 'nhs', 'social_care', 'both'] %}
{% set reasons = council_productivity.delayed_transfer_reasons() %}

with

figures as (

    select *
    from {{ ref('int_figures__by_council') }}
    where publication_id = 'nhs_delayed_transfers'

),

adults as (

    select *
    from {{ ref('int_figures__by_council') }}
    where
        publication_id = 'ons_population'
        and item_id = 'pop_18_plus'

),

side_by_side as (

    select
        edition,
        sub_period as month,
        gss_code,
        {% for item in responsible %}
            max(case when item_id = 'days_{{ item }}' then figure_value end) as days_{{ item }},
        {% endfor %}
        {% for item in reasons %}
            max(case when item_id = '{{ item }}' then figure_value end) as days_{{ item }},
        {% endfor %}
        max(case when item_id = 'days_total' then missing_reason end) as missing_reason
    from figures
    group by edition, sub_period, gss_code

),

councils as (

    select
        side_by_side.*,
        extract(day from {{ dbt.last_day("cast(side_by_side.month || '-01' as date)", 'month') }}) as days_in_month,
        adults.figure_value as adults,
        council_names.council_name as area_name,
        'council' as area_kind,
        live.is_rankable
    from side_by_side
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = side_by_side.edition
            and live.gss_code = side_by_side.gss_code
    inner join {{ ref('stg_register__councils') }} as council_names
        on council_names.gss_code = side_by_side.gss_code
    left join adults
        on
            adults.edition = side_by_side.edition
            and adults.gss_code = side_by_side.gss_code

),

final as (

    select
        gss_code,
        area_name,
        area_kind,
        month,
        edition,
        is_rankable,
        cast(days_in_month as bigint) as days_in_month,
        adults,
        {% for item in responsible + reasons %}
            days_{{ item }},
        {% endfor %}
        {% for item in responsible %}
            case when adults is not null then days_{{ item }} end as days_{{ item }}_of_adults_known,
        {% endfor %}
        missing_reason
    from councils
    union all
    select
        'E92000001' as gss_code,
        'England' as area_name,
        'country' as area_kind,
        month,
        edition,
        false as is_rankable,
        cast(days_in_month as bigint) as days_in_month,
        sum(case when days_total is not null then adults end) as adults,
        {% for item in responsible + reasons %}
            sum(days_{{ item }}) as days_{{ item }},
        {% endfor %}
        {% for item in responsible %}
            sum(case when adults is not null then days_{{ item }} end) as days_{{ item }}_of_adults_known,
        {% endfor %}
        cast(null as {{ dbt.type_string() }}) as missing_reason
    from councils
    group by month, edition, days_in_month

)

select * from final
