-- One row per edition, council and lens or children's services: the views, and in how many the council does well.
select
    views.edition,
    views.gss_code,
    views.ranking_id,
    lenses.ranking_order,
    lenses.ranking_name,
    views.ratio_quartile,
    views.balanced_quartile,
    views.need_residual_quartile,
    -- What a ranking adjusts for is told of others even where one council lacks the figure.
    max(views.need_residual_quartile) over (
        partition by views.edition, views.ranking_id
    ) is not null as is_need_declared,
    views.frontier_quartile,
    views.frontier_gss_code,
    councils.title as frontier_title,
    views.is_efficient_by_default,
    views.quadrant,
    views.activity_quartile,
    activity.activity_per_child_index,
    activity.spend_per_activity_index,
    activity.no_split_reason,
    views.views_good,
    views.views_held
from marts.fct_productivity_view as views
inner join marts.dim_ranking as lenses using (ranking_id)
inner join councils on views.frontier_gss_code = councils.gss_code
left join marts.fct_spend_activity as activity
    on
        views.edition = activity.edition
        and views.gss_code = activity.gss_code
        and views.ranking_id = activity.ranking_id
order by views.edition, views.gss_code, lenses.ranking_order
