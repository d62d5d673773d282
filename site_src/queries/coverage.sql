-- One row per edition and lens: measures, councils ranked, or why none.
select
    status.edition,
    status.ranking_id,
    lenses.ranking_order,
    lenses.ranking_name,
    status.measures_active,
    status.is_scored,
    status.not_scored_reason,
    status.spend_basis,
    max(standing.ranked_councils) as ranked_councils
from marts.dim_ranking_edition as status
inner join marts.dim_ranking as lenses using (ranking_id)
left join marts.fct_ranking as standing using (edition, ranking_id)
where lenses.ranking_kind = 'lens'
group by all
order by status.edition, lenses.ranking_order
