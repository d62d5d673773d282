with

standings as (

    select
        edition,
        lens_id,
        gss_code,
        productivity_index,
        outcome_score,
        spend_gbp,
        need_population,
        england_spend_per_head_gbp
    from {{ ref('fct_lens_productivity') }}
    union all
    select
        edition,
        'overall' as lens_id,
        gss_code,
        productivity_index,
        cast(null as {{ council_productivity.number_type() }}) as outcome_score,
        cast(null as {{ council_productivity.number_type() }}) as spend_gbp,
        cast(null as {{ council_productivity.number_type() }}) as need_population,
        cast(null as {{ council_productivity.number_type() }}) as england_spend_per_head_gbp
    from {{ ref('fct_council_productivity') }}

),

peers as (

    select * from {{ ref('int_position__peers') }}

),

grouped as (

    -- Spend counts where spend and need are both held, as in England's.
    select
        mine.edition,
        mine.gss_code,
        mine.lens_id,
        peers.peer_group,
        count(*) as peers_live,
        count(theirs.productivity_index) as peers_ranked,
        {{ council_productivity.percentile('theirs.productivity_index', 0.5) }} as peer_productivity_index,
        -- Rounded before it is divided: a mean of scores of nine decimals often lies halfway between two others.
        {{ council_productivity.round_score('sum(theirs.outcome_score)') }} as outcome_score_sum,
        count(theirs.outcome_score) as outcome_scores,
        sum(case when theirs.need_population is not null then theirs.spend_gbp end) as peer_spend_gbp,
        sum(case when theirs.spend_gbp is not null then theirs.need_population end) as peer_need_population,
        max(theirs.england_spend_per_head_gbp) as england_spend_per_head_gbp
    from standings as mine
    inner join peers
        on
            peers.gss_code = mine.gss_code
            and (peers.peer_group <> 'dfe_statistical_neighbours' or mine.lens_id = 'childrens_social_care')
    inner join standings as theirs
        on
            theirs.edition = mine.edition
            and theirs.lens_id = mine.lens_id
            and theirs.gss_code = peers.peer_gss_code
    group by mine.edition, mine.gss_code, mine.lens_id, peers.peer_group

),

final as (

    select
        edition,
        gss_code,
        lens_id,
        peer_group,
        peers_live,
        peers_ranked,
        peer_productivity_index,
        {{ council_productivity.round_score('outcome_score_sum / nullif(outcome_scores, 0)') }} as peer_outcome_score,
        {{ council_productivity.round_score('peer_spend_gbp / nullif(peer_need_population, 0)') }}
            as peer_spend_per_head_gbp,
        {{ council_productivity.round_score(
            'peer_spend_gbp / nullif(peer_need_population, 0) / nullif(england_spend_per_head_gbp, 0)'
        ) }} as peer_spend_index
    from grouped

)

select * from final
