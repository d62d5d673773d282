-- One row per council and edition of its page: what the sentences that open it say beside the overall card, over the
-- lenses of the page's own edition.
with lens_rows as (
    select
        pages.edition,
        pages.gss_code,
        standings.ranking_id,
        standings.ranking_order,
        standings.ranking_name,
        standings.productivity_rank,
        standings.outcome_score,
        views.quadrant,
        changes.from_edition,
        changes.change_verdict
    from council_editions as pages
    inner join standings on pages.edition = standings.edition and pages.gss_code = standings.gss_code
    left join marts.fct_productivity_view as views
        on
            standings.edition = views.edition
            and standings.gss_code = views.gss_code
            and standings.ranking_id = views.ranking_id
    left join marts.fct_change as changes
        on
            standings.edition = changes.edition
            and standings.gss_code = changes.gss_code
            and standings.ranking_id = changes.ranking_id
    where standings.ranking_id <> 'overall'
)

select
    edition,
    gss_code,
    count(*) filter (where productivity_rank is not null) as lenses_ranked,
    count(*) filter (where outcome_score is not null) as lenses_with_outcome,
    coalesce(
        list(ranking_name order by ranking_order) filter (where productivity_rank is not null), []
    ) as ranked_in,
    coalesce(
        list(ranking_name order by ranking_order) filter (where quadrant = 'better_for_less'), []
    ) as better_for_less_in,
    coalesce(
        list(ranking_name order by ranking_order) filter (where quadrant = 'better_for_more'), []
    ) as better_for_more_in,
    coalesce(
        list(ranking_name order by ranking_order) filter (where quadrant = 'worse_for_less'), []
    ) as worse_for_less_in,
    coalesce(
        list(ranking_name order by ranking_order) filter (where quadrant = 'worse_for_more'), []
    ) as worse_for_more_in,
    max(from_edition) as from_edition,
    coalesce(
        list(ranking_name order by ranking_order) filter (where change_verdict = 'improved'), []
    ) as improved_in,
    coalesce(
        list(ranking_name order by ranking_order) filter (where change_verdict = 'declined'), []
    ) as declined_in,
    coalesce(
        list(ranking_name order by ranking_order) filter (where change_verdict = 'cannot_be_told_from_noise'), []
    ) as noise_in
from lens_rows
group by edition, gss_code
order by edition, gss_code
