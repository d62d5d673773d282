-- One row per edition and lens in which councils are compared with the edition before: the change of the council in the
-- middle, of outcome, of spend per head in cash and of productivity; how many rose and fell; and over all lenses of the
-- edition, by how many per cent of the comparisons more councils rose than fell. The newest of each lens has what the
-- councils spent together, or budgeted where no outturn is used.
with changes as (
    select
        changes.edition,
        changes.ranking_id,
        rankings.ranking_order,
        rankings.ranking_name,
        any_value(changes.from_edition) as from_edition,
        any_value(changes.price_basis) as price_basis,
        count(*) as councils_compared,
        median(changes.outcome_change_pct) as outcome_change_pct,
        100 * (exp(median(changes.ln_cash_change - changes.ln_population_change)) - 1) as cash_per_head_change_pct,
        100 * (exp(median(changes.ln_prices_change)) - 1) as prices_change_pct,
        median(changes.productivity_change_pct) as productivity_change_pct,
        count(*) filter (changes.change_verdict = 'improved') as councils_improved,
        count(*) filter (changes.change_verdict = 'declined') as councils_declined,
        count(*) filter (changes.change_verdict = 'cannot_be_told_from_noise') as councils_within_noise
    from marts.fct_change as changes
    inner join marts.dim_ranking as rankings using (ranking_id)
    where rankings.ranking_kind = 'lens'
    group by changes.edition, changes.ranking_id, rankings.ranking_order, rankings.ranking_name
),

spend as (
    select
        edition,
        ranking_id,
        sum(spend_gbp) / 1e9 as spend_gbp_bn,
        count(spend_gbp) as councils_with_spend
    from marts.fct_ranking
    group by edition, ranking_id
)

select
    changes.*,
    spend.spend_gbp_bn,
    spend.councils_with_spend,
    status.spend_basis,
    changes.edition = max(changes.edition) over (partition by changes.ranking_id) as is_newest,
    100.0 * sum(changes.councils_improved - changes.councils_declined) over (partition by changes.edition)
    / sum(changes.councils_compared) over (partition by changes.edition) as rose_less_fell_pct
from changes
left join spend using (edition, ranking_id)
left join marts.dim_ranking_edition as status using (edition, ranking_id)
order by changes.edition, changes.ranking_order
