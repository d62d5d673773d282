"""Better for less among peers: the pages against the marts, and the way to them."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
from test_pages import DATABASE, tables_of

# Raw bytes of a page: it is one of a whole country, and opened on phones.
LARGEST_PAGE = 500_000


def test_every_ranked_council_has_its_peers(small_site: Path) -> None:
    """An anchor for each ranked council; the peers listed are those of a query of this test's own."""
    with duckdb.connect(str(DATABASE), read_only=True) as marts:
        found = marts.execute("""
            select standing.ranking_id, standing.gss_code, list(distinct others.gss_code) filter (
                others.outcome_score > standing.outcome_score + 1e-9
                and others.spend_per_head_gbp < standing.spend_per_head_gbp
            )
            from marts.fct_ranking as standing
            inner join marts.dim_ranking as rankings using (ranking_id)
            left join marts.bridge_council_peer as peers
                on peers.gss_code = standing.gss_code and peers.peer_group_id = rankings.peer_group_id
            left join marts.fct_ranking as others
                on others.edition = standing.edition and others.ranking_id = standing.ranking_id
                and others.gss_code = peers.peer_gss_code and others.productivity_rank is not null
            where standing.productivity_rank is not null and standing.ranking_id <> 'overall'
            and standing.edition = (
                select max(edition) from marts.fct_ranking
                where ranking_id = standing.ranking_id and productivity_rank is not null
            )
            group by all""").fetchall()
    assert len(found) > 1_000
    rows = pairs = 0
    for ranking_id in sorted({ranking_id for ranking_id, *_ in found}):
        page = small_site / f"better-for-less-{ranking_id.replace('_', '-')}.html"
        html = page.read_text(encoding="utf-8")
        assert len(html.encode()) < LARGEST_PAGE, page.name
        shown = tables_of(page)["better-for-less"]
        expected = set()
        for other, code, better in found:
            if other == ranking_id:
                expected |= {code, *(f"{code}-{peer}" for peer in better or ())}
                assert f'<tbody id="{code}">' in html, f"{page.name} has no anchor for {code}"
                pairs += len(better or ())
        assert set(shown) == expected, page.name
        rows += len(shown)
    assert pairs > 2_000


def test_a_pair_leads_to_both_side_by_side(small_site: Path, headline: str) -> None:
    """Each pair has the address of compare with both councils; the pages of rankings lead here."""
    html = (small_site / "better-for-less-older-people.html").read_text(encoding="utf-8")
    wigan = html.partition('<tbody id="E08000010">')[2].partition("</tbody>")[0]
    links = re.findall(r'href="compare\.html#councils=wigan,([\w-]+)&amp;edition=([\d-]+)"', wigan)
    assert links
    assert {edition for _, edition in links} == {headline}
    for page in ("lenses/older-people", "modules/valuing-care"):
        name = page.partition("/")[2]
        assert f'href="../better-for-less-{name}.html"' in (small_site / f"{page}.html").read_text()
