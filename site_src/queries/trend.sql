-- One row per council, lens and edition: outcome and spend beside England's and the peers'.
with lens_standings as (
    select * from standings
    where lens_id <> 'overall'
),

england as (
    select
        edition,
        lens_id,
        median(outcome_score) as england_outcome
    from lens_standings
    where productivity_rank is not null
    group by edition, lens_id
),

peer_values as (
    select
        others.edition,
        others.lens_id,
        peers.gss_code,
        median(others.outcome_score) filter (where peers.peer_set = 'ons') as ons_outcome,
        median(others.spend_index) filter (where peers.peer_set = 'ons') as ons_spend
    from lens_standings as others
    inner join peers on others.gss_code = peers.peer_gss_code
    group by others.edition, others.lens_id, peers.gss_code
)

select
    own.gss_code,
    own.lens_id,
    own.lens_order,
    own.lens_name,
    own.edition,
    own.outcome_score,
    own.spend_index,
    own.spend_per_head_gbp,
    own.england_spend_per_head_gbp,
    england.england_outcome,
    peer_values.ons_outcome,
    peer_values.ons_spend
from lens_standings as own
inner join england using (edition, lens_id)
left join peer_values using (edition, lens_id, gss_code)
order by own.gss_code, own.lens_order, own.edition
