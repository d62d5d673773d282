-- One row per edition, lens and ranked council: spend against outcome.
select
    standings.edition,
    standings.ranking_id,
    standings.gss_code,
    standings.spend_index,
    standings.outcome_score,
    standings.spend_per_head_gbp,
    avg(standings.outcome_score) over (partition by standings.edition, standings.ranking_id) as mean_outcome_score
from standings
where standings.ranking_id <> 'overall' and standings.productivity_rank is not null
order by standings.edition, standings.ranking_id, standings.gss_code
