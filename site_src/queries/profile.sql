-- One row per council, edition of its page and ranking (overall or a lens), for the cards that open the page. The first
-- page shows the newest edition in which councils are ranked in each ranking; any other page its own edition.
with ranked_editions as (
    select distinct
        edition,
        ranking_id
    from standings
    where productivity_rank is not null
),

newest as (
    select
        standings.gss_code,
        standings.ranking_id,
        coalesce(
            max(standings.edition) filter (where ranked_editions.edition is not null), max(standings.edition)
        ) as edition,
        max(standings.edition) filter (where standings.productivity_rank is not null) as last_ranked_edition
    from standings
    left join ranked_editions using (edition, ranking_id)
    group by standings.gss_code, standings.ranking_id
),

shown as (
    select
        pages.gss_code,
        pages.edition as page_edition,
        pages.is_main,
        newest.ranking_id,
        case when pages.is_main then newest.edition else pages.edition end as edition,
        newest.last_ranked_edition
    from council_editions as pages
    inner join newest using (gss_code)
),

lens_status as (
    select
        edition,
        ranking_id,
        is_scored,
        not_scored_reason
    from marts.dim_ranking_edition
    union all
    select
        edition,
        'overall' as ranking_id,
        has_overall_ranking as is_scored,
        case when not has_overall_ranking then 'edition_has_too_few_lenses' end as not_scored_reason
    from marts.dim_edition
)

select
    shown.page_edition,
    shown.is_main,
    standings.*,
    shown.last_ranked_edition,
    status.is_scored,
    status.not_scored_reason,
    case
        when standings.rank_p05 is null then 'no_range'
        when 4 * (standings.rank_p95 - standings.rank_p05 + 1) <= standings.ranked_councils then 'narrow'
        when 2 * (standings.rank_p95 - standings.rank_p05 + 1) <= standings.ranked_councils then 'middling'
        else 'wide'
    end as range_width,
    100 * (standings.spend_index - 1) as spend_to_england_pct,
    100 * standings.probability_top_quartile as top_quartile_pct,
    views.quadrant,
    changes.from_edition,
    changes.price_basis,
    changes.productivity_change_pct,
    changes.productivity_change_pct_p05,
    changes.productivity_change_pct_p95,
    changes.outcome_change_pct,
    changes.spend_change_pct,
    changes.change_verdict,
    editions.change_from_edition,
    editions.no_change_reason as edition_no_change_reason,
    case
        when standings.productivity_rank is null or changes.edition is not null then null
        when no_change.no_change_kind is not null then no_change.no_change_kind
        when before.productivity_rank is null then 'not_ranked_before'
        when shown.ranking_id = 'overall' then 'too_few_lenses_compared'
        else 'too_few_measures_compared'
    end as no_change_kind
from shown
inner join standings using (gss_code, ranking_id, edition)
inner join marts.dim_edition as editions using (edition)
left join lens_status as status using (edition, ranking_id)
left join marts.fct_productivity_view as views using (edition, gss_code, ranking_id)
left join marts.fct_change as changes using (edition, gss_code, ranking_id)
left join no_change using (edition, ranking_id)
left join standings as before
    on
        editions.change_from_edition = before.edition
        and shown.gss_code = before.gss_code
        and shown.ranking_id = before.ranking_id
order by shown.page_edition, shown.gss_code, standings.ranking_order
