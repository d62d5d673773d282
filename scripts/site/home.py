"""The first page: who leads, and what to read first."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Cell, Column, Figure, Page, Section, Table, link
from scripts.site.words import number, rank_or_reason, rank_range

if TYPE_CHECKING:
    from scripts.site.pages import Site


def home_page(site: Site) -> Page:
    """The front page: find your council, what the headline edition says, all councils."""
    newest = next(row for row in site.figures.rows("editions") if row["is_newest"])
    says: list[Cell] = [
        "For six lenses, from children's social care to waste, it scores published outcomes and divides "
        "them by spend per head. It is a way to find questions, not a verdict."
    ]
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
        items.append(
            Markup("The newest edition, {}, has {}{}: see {}.").format(
                newest["edition"],
                words.counted(newest["lenses_scored"], "lens"),
                "" if newest["has_overall_ranking"] else " and no overall ranking",
                link("lenses/index.html", "lenses and editions"),
            )
        )
    return Page(
        path="index.html",
        title="Council productivity index",
        lead=["How much outcome does each of England's upper-tier councils get for its money?"],
        sections=[
            Section("says", "What the index says", paragraphs=says, items=items),
            *sections,
            Section("councils", "All councils", facts=regions),
        ],
        kind="home",
        description="Outcomes for money of England's upper-tier councils, with the ranges in which ranks "
        "likely lie.",
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
        f"Overall top ten of {edition}, with ranges",
        [
            Column("council", "Council"),
            Column("rank", "Rank, and where it likely lies"),
            Column("index", "Productivity index", numeric=True),
            Column("parts", "Lenses", numeric=True),
        ],
        [
            (
                row["gss_code"],
                [
                    site.council_link("", row["gss_code"], edition),
                    rank_range(row),
                    number(row["productivity_index"]),
                    f"{row['parts_present']} of {row['parts_active']}",
                ],
                "",
            )
            for row in top_ten
        ],
        note="100 is the median council.",
    )
    picture = charts.ranges(
        f"Rank ranges of the overall top ten, {edition}",
        "A bar over the places likely for each council, a dot at its rank.",
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
    places = {row["gss_code"]: row for row in site.figures.rows("hexes")}
    cells, map_rows = [], []
    for (at, code), rows in site.standings.items():
        if at != edition or code not in places:
            continue
        row = rows[0]
        label = f"{site.titles[code]}: {rank_or_reason(row)}"
        href = f"councils/{site.council[code]['slug']}.html" if code in site.shown else None
        cells.append(
            (places[code]["hex_column"], places[code]["hex_row"], row["range_position"], label, href)
        )
    positions: defaultdict[str, int] = defaultdict(int)
    for _, _, position, _, _ in cells:
        positions[position] += 1
    map_rows = [
        (position, [text, number(positions[position], 0)], "")
        for position, text in words.RANGE_POSITION.items()
    ]
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
    no_change = site.editions[edition]["no_change_reason"]
    items: list[Cell] = [
        f"{edition} is the newest edition with an overall ranking, over "
        f"{site.editions[edition]['lenses_scored']} of {len(site.coverage[edition])} lenses.",
        *site.not_scored(edition, lambda part, last: link(site.lens_href("", part), last)),
        f"A bare rank misleads: half of the ranges are {number(share['median_band_width'], 0)} places wide "
        f"or wider, of {share['ranked_councils']} councils ranked in {edition}.",
        f"{words.surely_top_ten(share['councils_surely_top_10'])} reasonable ways to count; the others of "
        "the ten may owe their place to the way of counting.",
    ]
    if no_change and not changes:
        items.append(words.no_change_sentence(edition, no_change))
    elif changes:
        items.append(
            f"Of {len(changes)} councils compared with the edition before, the change of {len(noise)} "
            "cannot be told from noise."
        )
    sections = [
        Section(
            "top-ten",
            f"Overall top ten, {edition}",
            figures=[
                Figure(Markup(picture), "Rank ranges", table, (("lit", "rank"), ("range", "likely range")))
            ],
            paragraphs=[link(site.lens_href("", "overall"), "Every council with its range")],
        ),
        Section(
            "map",
            f"The map, {edition}",
            paragraphs=[
                "Every council is a hexagon of the same size, near where it lies. Its colour says what its "
                "range says: 1 wholly in the first half, 2 wholly in the second; in print, too."
            ],
            figures=[
                Figure(
                    Markup(
                        charts.hexmap(
                            f"Where the likely range of each council lies, overall, {edition}",
                            "A hexagon for each council. The full list is a table of its own page.",
                            cells,
                        )
                    ),
                    "Likely range of the overall rank",
                    Table(
                        "map",
                        f"Councils by likely range, {edition}",
                        [Column("range", "Likely range"), Column("councils", "Councils", numeric=True)],
                        map_rows,
                    ),
                    tuple((f"hex {position}", text) for position, text in words.RANGE_POSITION.items()),
                    "Map: Open Innovations, MIT licence; newer councils placed by the project.",
                )
            ],
        ),
    ]
    return items, sections
