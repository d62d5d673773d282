-- One row per council, lens and edition: outcome and spend beside England's and the peers'.
with lens_standings as (
    select * from standings
    where ranking_id <> 'overall'
),

england as (
    select
        edition,
        ranking_id,
        median(outcome_score) as england_outcome
    from lens_standings
    where productivity_rank is not null
    group by edition, ranking_id
),

peer_values as (
    select
        edition,
        ranking_id,
        gss_code,
        peer_outcome_score as ons_outcome,
        peer_spend_index as ons_spend
    from marts.fct_peer_standing
    where peer_group_id = 'ons_nearest_neighbours'
)

select
    own.gss_code,
    own.ranking_id,
    own.ranking_order,
    own.ranking_name,
    own.edition,
    own.outcome_score,
    own.spend_index,
    own.spend_per_head_gbp,
    own.england_spend_per_head_gbp,
    own.not_ranked_reason,
    england.england_outcome,
    peer_values.ons_outcome,
    peer_values.ons_spend
from lens_standings as own
inner join england using (edition, ranking_id)
left join peer_values using (edition, ranking_id, gss_code)
order by own.gss_code, own.ranking_order, own.edition
