"""Where no change is shown, each page gives the reason that the marts have."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from test_pages import DATABASE

from scripts.site.data import Figures

#: What each reason has to be true of, from the marts: a lens or overall, its edition, the one before.
CLAIMS = {
    "edition": "from_edition is null or (compared = 0 and reason is not null and same_spend)",
    "not_scored_before": "ranked_before = 0",
    "other_spend": "ranked_before > 0 and not same_spend",
    "too_few_lenses_compared": "ranking_id = 'overall' and ranked_before > 0",
    "too_few_measures_compared": "ranked_before > 0 and same_spend and reason is null",
}
FACTS = """
    with ranked as (
        select edition, ranking_id, count(productivity_rank) as councils
        from marts.fct_ranking group by all
    )
    select
        now.edition,
        now.ranking_id,
        editions.change_from_edition as from_edition,
        editions.no_change_reason as reason,
        coalesce(before.councils, 0) as ranked_before,
        coalesce(spend.spend_series = spend_before.spend_series, true) as same_spend,
        (
            select count(*) from marts.fct_change as change
            where change.edition = now.edition and change.ranking_id = now.ranking_id
        ) as compared
    from ranked as now
    inner join marts.dim_ranking as rankings using (ranking_id)
    inner join marts.dim_edition as editions using (edition)
    left join ranked as before
        on before.edition = editions.change_from_edition and before.ranking_id = now.ranking_id
    left join marts.dim_ranking_edition as spend
        on spend.edition = now.edition and spend.ranking_id = now.ranking_id
    left join marts.dim_ranking_edition as spend_before
        on spend_before.edition = editions.change_from_edition and spend_before.ranking_id = now.ranking_id
    where now.councils > 0 and rankings.ranking_kind in ('lens', 'overall')
"""


@pytest.fixture(scope="module")
def figures() -> Figures:
    """The rows of the pages' queries."""
    if not DATABASE.exists():
        pytest.skip("no database is published: run make index first")
    return Figures(DATABASE, Path("site_src/queries").resolve())


def test_each_reason_is_true_of_its_ranking(figures: Figures) -> None:
    """Every ranking in which no council is compared has one reason, and no other ranking has any."""
    told = {(row["edition"], row["ranking_id"]): row["no_change_kind"] for row in figures.rows("no_change")}
    with duckdb.connect(str(DATABASE), read_only=True) as marts:
        facts = marts.execute(FACTS).fetchall()
        names = [column[0] for column in marts.description]
        claims = ", ".join(f"({claim}) as {kind}" for kind, claim in CLAIMS.items())
        held = marts.execute(f"select edition, ranking_id, {claims} from ({FACTS})").fetchall()
    compared = {row[:2] for row in facts if row[names.index("compared")]}
    assert set(told) == {row[:2] for row in facts} - compared
    is_true = {row[:2]: dict(zip(CLAIMS, row[2:], strict=True)) for row in held}
    assert not {at: kind for at, kind in told.items() if not is_true[at][kind]}
    assert {"edition", "not_scored_before", "other_spend", "too_few_lenses_compared"} == set(told.values())


def test_no_card_blames_measures_that_both_editions_report(figures: Figures) -> None:
    """Too few measures in common is said of councils alone, never of a whole ranking whose spend is new."""
    blamed: dict[tuple[str, str], int] = {}
    for row in figures.rows("profile"):
        if row["no_change_kind"] == "too_few_measures_compared":
            at = (row["edition"], row["ranking_id"])
            blamed[at] = blamed.get(at, 0) + 1
    assert blamed
    assert max(blamed.values()) < 10, blamed


def test_the_pages_say_it(small_site: Path) -> None:
    """The index of movers, a lens, home and reports tell the same, in the words of one template."""
    movers = (small_site / "movers" / "index.html").read_text(encoding="utf-8")
    spend = "spend is counted in another way than in 2021-22"
    assert f"No change is shown to 2022-23 in Older people and All age disability: {spend}." in movers
    assert "No change is shown to 2021-22: the population base changes" in movers
    lens = (small_site / "lenses" / "older-people-2022-23.html").read_text(encoding="utf-8")
    assert f"No change is shown to 2022-23 in Older people: {spend}." in lens
    report = (small_site / "councils" / "leicestershire-2022-23.html").read_text(encoding="utf-8")
    assert re.search(rf"No change is shown to 2022-23 in Older people.*: {spend}\.", report)
    assert f"None shown: {spend}" in report
