-- One row per lens, with the editions in which it is scored and the one shown first; "overall" first.
with editions as (
    select
        'overall' as ranking_id,
        edition,
        has_overall_ranking as is_scored,
        is_headline as is_shown_first
    from marts.dim_edition
    union all
    select
        ranking_id,
        edition,
        is_scored,
        is_latest as is_shown_first
    from marts.dim_ranking_edition
)

select
    rankings.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    rankings.question,
    rankings.need_population_name as need_population,
    rankings.spend_description,
    rankings.caveat,
    coalesce(list(editions.edition order by editions.edition) filter (where editions.is_scored), []) as editions,
    any_value(editions.edition) filter (where editions.is_shown_first) as first_edition,
    replace(rankings.ranking_id, '_', '-') as slug
from marts.dim_ranking as rankings
inner join editions using (ranking_id)
where rankings.ranking_kind in ('lens', 'overall')
group by all
order by rankings.ranking_order
