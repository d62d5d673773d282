-- One row per module, edition and live council: standing, rank band and peers side by side; the marts of the modules
-- take their columns from here.
with

ranked as (

    select * from {{ ref('int_rankings__ranked') }}
    where ranking_kind = 'module'

),

bands as (

    select * from {{ ref('int_draws__banded') }}

),

peers as (

    select
        ranking_id,
        edition,
        gss_code,
        max(case when figure_id = 'outcome_score' then peer_median end) as peer_outcome_score,
        max(case when figure_id = 'spend_per_head_gbp' then peer_median end) as peer_spend_per_head_gbp,
        max(case when figure_id = 'productivity_index' then peer_median end) as peer_productivity_index,
        max(case when figure_id = 'productivity_index' then peers_held end) as peers_ranked
    from {{ ref('int_peers__medians') }}
    where is_default
    group by ranking_id, edition, gss_code

),

final as (

    select
        ranked.*,
        bands.rank_p05,
        bands.rank_median,
        bands.rank_p95,
        bands.probability_top_10,
        bands.probability_top_quartile,
        peers.peer_outcome_score,
        peers.peer_spend_per_head_gbp,
        peers.peer_productivity_index,
        coalesce(peers.peers_ranked, 0) as peers_ranked
    from ranked
    left join bands
        on
            bands.ranking_id = ranked.ranking_id
            and bands.edition = ranked.edition
            and bands.gss_code = ranked.gss_code
    left join peers
        on
            peers.ranking_id = ranked.ranking_id
            and peers.edition = ranked.edition
            and peers.gss_code = ranked.gss_code

)

-- every column of the standing is kept
select * from final -- noqa: AM04
