-- One row per edition, council and lens: the five views, and in how many the council does well.
select
    views.edition,
    views.gss_code,
    views.ranking_id,
    lenses.ranking_order,
    lenses.ranking_name,
    views.ratio_quartile,
    views.balanced_quartile,
    views.need_residual_quartile,
    views.frontier_quartile,
    views.frontier_gss_code,
    councils.title as frontier_title,
    views.is_efficient_by_default,
    views.quadrant,
    views.views_good,
    views.views_held
from marts.fct_productivity_view as views
inner join marts.dim_ranking as lenses using (ranking_id)
inner join councils on views.frontier_gss_code = councils.gss_code
order by views.edition, views.gss_code, lenses.ranking_order
