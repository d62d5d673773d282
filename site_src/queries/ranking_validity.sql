-- One row per ranking, outside judgement and figure of the ranking: do they put councils in the same order?
select
    judged.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    rankings.ranking_kind,
    judged.judgement_id,
    judged.judgement_name,
    judged.figure_id,
    judged.correlation,
    judged.correlation_lower,
    judged.correlation_upper,
    case
        when judged.correlation_lower > 0 then 'same_order'
        when judged.correlation_upper < 0 then 'opposite_order'
        when judged.correlation_lower is not null then 'no_clear_sign'
    end as finding,
    judged.councils,
    judged.editions,
    judged.caveat
from marts.fct_ranking_validity as judged
inner join marts.dim_ranking as rankings using (ranking_id)
where judged.figure_id in ('outcome_score', 'productivity_index')
order by rankings.ranking_order, judged.judgement_name, judged.figure_id desc
