with

annual as (

    select * from {{ ref('int_delayed_transfers__annual') }}
    where gss_code <> 'E92000001'

),

ranked as (

    select
        annual.edition,
        annual.gss_code,
        {{ council_productivity.rank_best_first('-annual.rate_total', 'annual.edition') }} as rate_rank,
        count(*) over (partition by annual.edition) as councils_with_rate
    from annual
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = annual.edition
            and live.gss_code = annual.gss_code
            and live.is_rankable
    where annual.rate_total is not null

),

interface as (

    select * from {{ ref('int_rankings__ranked') }}
    where ranking_id = 'health_social_care_interface'

),

peers as (

    select * from {{ ref('int_peers__medians') }}
    where
        ranking_id = 'health_social_care_interface'
        and is_default
        and figure_id = 'delayed_beds_per_day_per_100k_adults'

),

final as (

    select
        annual.edition,
        annual.gss_code,
        annual.months_held,
        annual.adults,
        annual.days_total as delayed_days,
        {% for item in ['nhs', 'social_care', 'both'] %}
            annual.days_{{ item }} as delayed_days_{{ item }},
        {% endfor %}
        annual.rate_total as delayed_beds_per_day_per_100k_adults,
        {% for item in ['nhs', 'social_care', 'both'] %}
            annual.rate_{{ item }} as delayed_beds_per_day_per_100k_adults_{{ item }},
        {% endfor %}
        ranked.rate_rank,
        coalesce(max(ranked.councils_with_rate) over (partition by annual.edition), 0) as councils_with_rate,
        peers.peer_median as peer_delayed_beds_per_day_per_100k_adults,
        coalesce(peers.peers_held, 0) as peers_held,
        interface.outcome_score,
        interface.spend_per_head_gbp as spend_per_adult_gbp,
        interface.productivity_index,
        interface.productivity_rank,
        interface.ranked_councils,
        bands.rank_p05,
        bands.rank_p95,
        interface.quadrant,
        coalesce(interface.not_ranked_reason, case when interface.gss_code is null then 'edition_not_in_the_index' end)
            as not_ranked_reason
    from annual
    left join ranked
        on
            ranked.edition = annual.edition
            and ranked.gss_code = annual.gss_code
    left join peers
        on
            peers.edition = annual.edition
            and peers.gss_code = annual.gss_code
    left join interface
        on
            interface.edition = annual.edition
            and interface.gss_code = annual.gss_code
    left join {{ ref('int_draws__banded') }} as bands
        on
            bands.ranking_id = 'health_social_care_interface'
            and bands.edition = annual.edition
            and bands.gss_code = annual.gss_code

)

select * from final
