-- Properties of the views: nobody beats the frontier, who is on it spends no more and gets the outcome named, the
-- cheapest council is efficient by default, no more views are good than are held, and outcome for spend per unit of
-- activity is the ratio times activity per child: six views only where both parts of spend are held.
select
    views.edition,
    views.ranking_id,
    views.gss_code,
    views.frontier_ratio,
    views.frontier_gss_code
from {{ ref('fct_productivity_view') }} as views
inner join {{ ref('fct_ranking') }} as mine
    on
        mine.edition = views.edition
        and mine.ranking_id = views.ranking_id
        and mine.gss_code = views.gss_code
left join {{ ref('fct_ranking') }} as frontier
    on
        frontier.edition = views.edition
        and frontier.ranking_id = views.ranking_id
        and frontier.gss_code = views.frontier_gss_code
left join {{ ref('fct_spend_activity') }} as activity
    on
        activity.edition = views.edition
        and activity.ranking_id = views.ranking_id
        and activity.gss_code = views.gss_code
where
    views.frontier_ratio > 1
    or frontier.gss_code is null
    or frontier.spend_index > mine.spend_index
    or abs(mine.outcome_score / frontier.outcome_score - views.frontier_ratio) > 1e-9
    or (views.is_efficient_by_default and views.frontier_gss_code <> views.gss_code)
    or views.views_good > views.views_held
    or (views.activity_ratio is null) <> (activity.spend_per_activity_index is null)
    or abs(views.activity_ratio / (views.ratio * activity.activity_per_child_index) - 1) > 1e-9
    or (views.views_held = 6 and (views.activity_quartile is null or views.need_residual_quartile is null))
    or (views.quadrant = 'better_for_less' and views.ratio_quartile = 4)
