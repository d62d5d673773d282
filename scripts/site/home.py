"""The first page: who leads, and what to read first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, maps, words
from scripts.site.movers import counts_table, no_change_sentences
from scripts.site.parts import About, Cell, Figure, Page, Section, Table, link
from scripts.site.said import columns, linked, said
from scripts.site.shared import LEGEND_RANGES
from scripts.site.words import number, rank_range

if TYPE_CHECKING:
    from scripts.site.pages import Site

SAY = said("home")


def home_page(site: Site) -> Page:
    """The front page: find your council, what the headline edition says, all councils."""
    newest = next(row for row in site.figures.rows("editions") if row["is_newest"])

    regions = [
        (
            region,
            Markup(", ").join(
                link(f"councils/{row['slug']}.html", row["title"])
                for row in sorted(rows, key=lambda row: str(row["title"]))
            ),
        )
        for region, rows in groupby(
            sorted(site.councils, key=lambda row: str(row["region"])), key=lambda row: str(row["region"])
        )
    ]
    items: list[Cell] = []
    sections: list[Section] = []
    if site.headline:
        items, sections = headline_parts(site, site.headline)
    else:
        items.append(words.NO_OVERALL_RANKING)
    if newest["edition"] != site.headline:
        items.append(linked(SAY.newest(newest), link("lenses/index.html", SAY.newest_link)))
    moved = tuple(at for at, _ in site.movers if at == site.shown_edition)
    if moved:
        counts = counts_table(site, "", moved, "movers", SAY.movers_caption(site.shown_edition))
        counts.note = SAY.movers_note
        sections.append(
            Section(
                "movers",
                SAY.movers_title(site.shown_edition),
                tables=[counts],
                after=[
                    link("movers/index.html", SAY.movers_link),
                    link("england.html", SAY.england_link),
                ],
            )
        )
    return Page(
        path="index.html",
        title=SAY.title,
        lead=[SAY.lead],
        sections=[
            Section("says", SAY.says_title, paragraphs=[SAY.says], items=items),
            *sections,
            Section("councils", SAY.councils_title, facts=regions),
        ],
        kind="home",
        about=About(edition=site.headline or ""),
        description=SAY.described,
        values={"find": True},
        has_csv=True,
    )


def headline_parts(site: Site, edition: str) -> tuple[list[Cell], list[Section]]:
    """What the front page shows of the headline edition: sentences, the top ten with ranges, the map."""
    top = sorted(
        (
            rows[0]
            for (at, _), rows in site.standings.items()
            if at == edition and rows[0]["productivity_rank"] is not None
        ),
        key=lambda row: (row["productivity_rank"], site.titles[row["gss_code"]]),
    )
    top_ten = [row for row in top if row["productivity_rank"] <= 10]
    table = Table(
        "top-ten",
        SAY.top_ten_caption(edition),
        columns(SAY.top_ten, words_only=("rank",)),
        [
            (
                row["gss_code"],
                [
                    site.council_link("", row["gss_code"], edition),
                    rank_range(row),
                    number(row["productivity_index"]),
                    SAY.lenses(row),
                ],
                "",
            )
            for row in top_ten
        ],
        note=SAY.top_ten_note,
    )
    picture = charts.ranges(
        SAY.ranges_named(edition),
        SAY.ranges_told,
        [
            (
                site.titles[row["gss_code"]],
                row["productivity_rank"],
                row["rank_p05"],
                row["rank_p95"],
                row["ranked_councils"],
                words.range_alone(row),
            )
            for row in top_ten
        ],
    )
    share = next(
        row
        for row in site.figures.rows("spend_share")
        if row["edition"] == edition and row["ranking_id"] == "overall"
    )
    changes = [
        row
        for row in site.figures.rows("change")
        if row["edition"] == edition and row["ranking_id"] == "overall"
    ]
    noise = [row for row in changes if row["change_verdict"] == "cannot_be_told_from_noise"]
    items: list[Cell] = [
        SAY.headline(edition, site.editions[edition]["lenses_scored"], len(site.coverage[edition])),
        *site.not_scored(edition, lambda part, last: link(site.lens_href("", part), last)),
        SAY.half_of_ranges(share, edition),
        SAY.surely(words.surely_top_ten(share["councils_surely_top_10"])),
    ]
    if (edition, "overall") in site.no_change:
        items += no_change_sentences([site.no_change[(edition, "overall")]])
    elif changes:
        items.append(SAY.noise(len(changes), len(noise)))
    sections = [
        Section(
            "top-ten",
            SAY.top_ten_title(edition),
            figures=[Figure(Markup(picture), SAY.ranges, table, LEGEND_RANGES, shows=("rank",))],
            paragraphs=[link(site.lens_href("", "overall"), SAY.every_range)],
        ),
        Section(
            "map",
            SAY.map_title(edition),
            paragraphs=[maps.SAYS_RANGE],
            figures=[maps.range_map(site, "overall", edition, "")],
        ),
    ]
    return items, sections
