"""Which peers of a council had a better outcome for less spend: a page for each lens and module."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site.data import Row
from scripts.site.movers import slug
from scripts.site.parts import Cell, Page, Section, Table, link
from scripts.site.said import columns, said
from scripts.site.shared import MODULES, TO_HOME
from scripts.site.words import NO_VALUE, number

if TYPE_CHECKING:
    from scripts.site.pages import Site

SAY = said("better")


def better_href(root: str, ranking_id: str) -> str:
    """The address of a ranking's page of peers."""
    return f"{root}better-for-less-{slug(ranking_id)}.html"


def better_links(site: Site, code: str) -> list[Cell]:
    """A link to a council's own peers in each ranking that ranks it on such a page, from a folder below."""
    return [
        link(f"{better_href('../', ranking_id)}#{code}", SAY.of_edition(rows[0]))
        for ranking_id, rows in site.better.items()
        if any(row["gss_code"] == code for row in rows)
    ]


def peer_cells(site: Site, row: Row) -> list[Cell]:
    """A peer's cells: who, how often ahead in the draws, outcome, spend, measures, and both side by side."""
    own, peer = site.council[row["gss_code"]], site.council[row["peer_gss_code"]]
    ahead = row["peer_ahead_pct"]
    return [
        site.council_link("", row["peer_gss_code"], row["edition"]),
        NO_VALUE if ahead is None else number(ahead, 0),
        number(row["peer_outcome_score"]),
        number(row["peer_spend_per_head_gbp"], 0),
        NO_VALUE if row["measures_better"] is None else SAY.measures(row),
        row["furthest_ahead_in"] or NO_VALUE,
        Markup('<a href="{}">{}<span class="hide">{}</span></a>').format(
            f"compare.html#councils={own['slug']},{peer['slug']}&edition={row['edition']}",
            SAY.side_by_side,
            SAY.which_two(own["title"], peer["title"]),
        ),
    ]


def measures_better(row: Row) -> list[tuple[str, str, str]]:
    """The measures in which a peer scores more: name, the council's score, the peer's."""
    return [(each["measure"], number(each["own"], 0), number(each["peer"], 0)) for each in row["better_in"]]


def better_page(site: Site, ranking_id: str) -> Page:
    """One ranking in its newest edition: each council with the peers that had more for less."""
    rows = site.better[ranking_id]
    first = rows[0]
    groups = []
    tidy = []
    for code, found in groupby(rows, key=lambda row: str(row["gss_code"])):
        held = list(found)
        own = held[0]
        peers = [
            (row["peer_gss_code"], peer_cells(site, row), measures_better(row))
            for row in held
            if row["peer_gss_code"]
        ]
        groups.append(
            {
                "code": code,
                "title": site.titles[code],
                "link": site.council_link("", code, first["edition"]),
                "outcome": number(own["outcome_score"]),
                "spend": number(own["spend_per_head_gbp"], 0),
                "ranked": own["peers_ranked"],
                "better": own["peers_better_for_less"],
                "peers": peers,
            }
        )
        tidy += [
            (f"{code}-{peer}", [f"{site.titles[code]}: {site.titles[peer]}", *cells[1:-1]], "")
            for peer, cells, _ in peers
        ]
    module = ranking_id in MODULES
    table = Table(
        "better-for-less",
        SAY.caption(first),
        columns(SAY.peers, words_only=("measures", "furthest")),
        tidy,
    )
    return Page(
        path=better_href("", ranking_id),
        title=SAY.title(first),
        lead=[],
        sections=[Section("peers", "peers", tables=[table])],
        kind="better",
        description=SAY.described(first),
        crumbs=[
            *TO_HOME,
            (
                (f"modules/{slug(ranking_id)}.html" if module else site.lens_href("", ranking_id)),
                first["ranking_name"],
            ),
        ],
        template="better.html",
        values={
            "first": first,
            "groups": groups,
            "module": module,
            "others": [
                (better_href("", other), held[0]["ranking_name"])
                for other, held in site.better.items()
                if other != ranking_id
            ],
        },
    )


def better_link(site: Site, ranking_id: str) -> list[Section]:
    """The way from the page of a ranking to its peers, where it has them."""
    if ranking_id not in site.better:
        return []
    return [Section("peers", SAY.way_title, paragraphs=[link(better_href("../", ranking_id), SAY.way)])]
