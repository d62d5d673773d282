with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}
    where gss_code <> 'E92000001'

),

england as (

    select * from {{ ref('int_delayed_transfers__monthly') }}
    where gss_code = 'E92000001'

),

targets as (

    select
        gss_code,
        month,
        answer
    from {{ ref('int_delayed_transfers__expectations') }}
    where responsible = 'social_care'

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        cast(monthly.month || '-01' as date) as month_start,
        monthly.edition,
        monthly.days_in_month,
        monthly.adults,
        monthly.days_total as delayed_days,
        {% for item in ['nhs', 'social_care', 'both'] %}
            monthly.days_{{ item }} as delayed_days_{{ item }},
        {% endfor %}
        {% for item in council_productivity.delayed_transfer_reasons() %}
            monthly.days_{{ item }} as delayed_days_{{ item }},
        {% endfor %}
        monthly.beds_total as delayed_beds_per_day,
        {% for item in ['nhs', 'social_care', 'both'] %}
            monthly.beds_{{ item }} as delayed_beds_per_day_{{ item }},
        {% endfor %}
        monthly.rate_total as delayed_beds_per_day_per_100k_adults,
        {% for item in ['nhs', 'social_care', 'both'] %}
            monthly.rate_{{ item }} as delayed_beds_per_day_per_100k_adults_{{ item }},
        {% endfor %}
        monthly.rate_missing_reason as missing_reason,
        monthly.rate_total_movement as twelve_month_movement_per_100k_adults,
        monthly.rate_total_mean as twelve_month_mean_per_100k_adults,
        monthly.rate_total_trend as twelve_month_trend_per_100k_adults,
        {{ council_productivity.direction('monthly.rate_total_movement') }} as direction_local,
        {{ council_productivity.direction('england.rate_total_movement') }} as direction_national,
        {{ council_productivity.round_score('100 * monthly.days_social_care / nullif(monthly.days_total, 0)') }}
            as social_care_share_pct,
        case
            when monthly.days_total is null then null
            when monthly.days_nhs = monthly.days_social_care then 'equal'
            when monthly.days_nhs > monthly.days_social_care then 'nhs'
            else 'social_care'
        end as larger_responsibility,
        ranked.rate_total_rank as rate_rank,
        ranked.ranked_councils,
        {{ council_productivity.rank_group('ranked.rate_total_rank', 'ranked.ranked_councils', 4) }} as rate_quartile,
        ranked.rate_social_care_rank,
        {{ council_productivity.rank_group('ranked.rate_social_care_rank', 'ranked.ranked_councils', 4) }}
            as rate_social_care_quartile,
        england.rate_total as england_delayed_beds_per_day_per_100k_adults,
        peers.peer_rate_total as peer_delayed_beds_per_day_per_100k_adults,
        coalesce(peers.peers_held, 0) as peers_held,
        targets.answer as social_care_target,
        ranked.improvement_rank,
        ranked.councils_compared,
        admissions.emergency_admissions,
        admissions.emergency_attendances,
        admissions.admissions_direction,
        admissions.admissions_correlation,
        admissions.no_correlation_reason
    from monthly
    inner join england
        on england.month = monthly.month
    inner join targets
        on
            targets.gss_code = monthly.gss_code
            and targets.month = monthly.month
    inner join {{ ref('int_delayed_transfers__admissions') }} as admissions
        on
            admissions.gss_code = monthly.gss_code
            and admissions.month = monthly.month
    left join {{ ref('int_delayed_transfers__ranked') }} as ranked
        on
            ranked.gss_code = monthly.gss_code
            and ranked.month = monthly.month
    left join {{ ref('int_peers__medians_by_month') }} as peers
        on
            peers.gss_code = monthly.gss_code
            and peers.month = monthly.month

)

select * from final
