with

medians as (

    select
        edition,
        gss_code,
        ranking_id,
        peer_group_id,
        max(case when figure_id = 'productivity_index' then peers_held end) as peers_ranked,
        max(case when figure_id = 'productivity_index' then peer_median end) as peer_productivity_index,
        max(case when figure_id = 'outcome_score' then peer_median end) as peer_outcome_score,
        max(case when figure_id = 'spend_per_head_gbp' then peer_median end) as peer_spend_per_head_gbp,
        max(case when figure_id = 'spend_index' then peer_median end) as peer_spend_index
    from {{ ref('int_peers__medians') }}
    group by edition, gss_code, ranking_id, peer_group_id

),

standings as (

    select
        edition,
        ranking_id,
        gss_code
    from {{ ref('fct_ranking') }}

),

live as (

    select
        mine.edition,
        mine.gss_code,
        mine.ranking_id,
        peers.peer_group_id,
        count(*) as peers_live
    from standings as mine
    inner join {{ ref('int_peers__by_ranking') }} as peers
        on
            peers.ranking_id = mine.ranking_id
            and peers.gss_code = mine.gss_code
    inner join standings as theirs
        on
            theirs.edition = mine.edition
            and theirs.ranking_id = mine.ranking_id
            and theirs.gss_code = peers.peer_gss_code
    group by mine.edition, mine.gss_code, mine.ranking_id, peers.peer_group_id

),

final as (

    select
        live.edition,
        live.gss_code,
        live.ranking_id,
        live.peer_group_id,
        live.peers_live,
        coalesce(medians.peers_ranked, 0) as peers_ranked,
        medians.peer_productivity_index,
        medians.peer_outcome_score,
        medians.peer_spend_per_head_gbp,
        medians.peer_spend_index
    from live
    left join medians
        on
            medians.edition = live.edition
            and medians.gss_code = live.gss_code
            and medians.ranking_id = live.ranking_id
            and medians.peer_group_id = live.peer_group_id

)

select * from final
