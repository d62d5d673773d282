-- One row per ranking: of its verdicts that another change follows, how many that one turned round.
select
    reversals.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    max(case when reversals.verdict = 'improved' then reversals.verdicts_followed end) as improved_followed,
    max(case when reversals.verdict = 'improved' then reversals.turned_round end) as improved_turned,
    100 * max(case when reversals.verdict = 'improved' then reversals.turned_round_share end) as improved_turned_pct,
    max(case when reversals.verdict = 'declined' then reversals.verdicts_followed end) as declined_followed,
    max(case when reversals.verdict = 'declined' then reversals.turned_round end) as declined_turned,
    100 * max(case when reversals.verdict = 'declined' then reversals.turned_round_share end) as declined_turned_pct
from marts.fct_verdict_reversal as reversals
inner join marts.dim_ranking as rankings using (ranking_id)
group by reversals.ranking_id, rankings.ranking_order, rankings.ranking_name
order by rankings.ranking_order
