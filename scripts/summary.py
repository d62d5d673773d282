"""What ``make index`` prints of the published database: who leads, in which edition, and why in that one."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scripts.tables import aligned

OVERALL = """
with

headline as (
    select edition
    from marts.dim_edition
    where is_headline
),

newer as (
    select min_by(editions.edition || ' has ' || editions.lenses_scored, editions.edition) as lenses
    from marts.dim_edition as editions
    inner join headline on editions.edition > headline.edition
    where editions.is_index_edition
)

select
    ranking.productivity_rank,
    councils.council_name,
    printf('%.1f', ranking.productivity_index) as productivity_index,
    coalesce(ranking.rank_p05 || ' to ' || ranking.rank_p95, 'depends on limits') as likely_rank,
    'Overall, ' || editions.edition || ': ' || ranking.ranked_councils || ' councils ranked on '
    || editions.lenses_scored || ' of '
    || (select count(*) from marts.dim_ranking where ranking_kind = 'lens') || ' lenses'
    || coalesce(' (' || newer.lenses || ')', '') as title
from marts.fct_ranking as ranking
inner join headline using (edition)
inner join marts.dim_edition as editions using (edition)
inner join marts.dim_council as councils using (gss_code)
cross join newer
where ranking.ranking_id = 'overall' and ranking.productivity_rank <= 10
order by ranking.productivity_rank, ranking.gss_code
"""

# What the next edition lacks: budgets and the like, publications that had ended by then, or measures.
LENSES = """
with

newest as (
    select
        ranking_id,
        edition
    from marts.dim_ranking_edition
    where is_latest
),

following as (
    select
        newest.ranking_id,
        newest.edition as newest,
        editions.edition,
        editions.not_index_reason
    from newest
    inner join marts.dim_edition as editions on editions.edition > newest.edition
    qualify 1 = row_number() over (
        partition by newest.ranking_id order by not editions.is_index_edition, editions.edition
    )
),

ended as (
    select
        following.ranking_id,
        publications.publication_name || ' held to ' || max(measures.last_edition) as publication
    from following
    inner join marts.bridge_ranking_measure as uses using (ranking_id)
    inner join marts.dim_measure as measures using (measure_id)
    inner join marts.dim_publication as publications using (publication_id)
    where
        uses.status = 'active'
        and measures.last_edition >= following.newest
        and measures.last_edition < following.edition
    group by following.ranking_id, publications.publication_name
),

lacking as (
    select
        ranking_id,
        string_agg(publication, ', ' order by publication) as publications
    from ended
    group by ranking_id
)

select
    lenses.ranking_name,
    newest.edition,
    string_agg(councils.council_name, ', ' order by councils.council_name) as first_councils,
    coalesce(
        min(ranking.rank_p05) || ' to ' || max(ranking.rank_p95) || ' of ' || max(ranking.ranked_councils),
        'of ' || max(ranking.ranked_councils) || ', limits decide'
    ) as likely_rank,
    any_value(
        following.edition || ': ' || coalesce(
            following.not_index_reason, lacking.publications, replace(status.not_scored_reason, '_', ' ')
        )
    ) as reason
from newest
inner join marts.dim_ranking as lenses using (ranking_id)
inner join marts.fct_ranking as ranking using (ranking_id, edition)
inner join marts.dim_council as councils using (gss_code)
left join following using (ranking_id)
left join lacking using (ranking_id)
left join marts.dim_ranking_edition as status
    on following.ranking_id = status.ranking_id and following.edition = status.edition
where lenses.ranking_kind = 'lens' and ranking.productivity_rank = 1
group by lenses.ranking_order, lenses.ranking_name, newest.edition
order by lenses.ranking_order
"""

KEY = (
    "Index: 100 is the median council of each lens. "
    "Likely rank: where nine draws of ten put it (docs/uncertainty.md)."
)


def summary(database: Path) -> str:
    """The top ten of the headline edition and the newest standing of each lens, as text."""
    with duckdb.connect(str(database), read_only=True) as connection:
        overall = connection.execute(OVERALL).fetchall()
        lenses = connection.execute(LENSES).fetchall()
    parts = []
    if overall:
        councils = [row[:-1] for row in overall]
        header = ["Rank", "Council", "Index", "Likely rank"]
        parts.append(f"{overall[0][-1]}\n{aligned(header, councils, ['Rank', 'Index'])}")
    parts.append(aligned(["Lens", "Newest", "First", "Likely rank", "Why none is newer"], lenses))
    return "\n\n".join([*parts, KEY])
