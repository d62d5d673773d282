"""Maps of hexagons: where councils' likely ranges lie in a ranking, and how a measure grades them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Column, Figure, Table
from scripts.site.said import said
from scripts.site.told import with_figures
from scripts.site.words import number, plain, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("maps")
SAYS_RANGE = SAY.range_note
SAYS_GRADE = SAY.grade_note


def drawn(
    title: str, description: str, cells: Sequence[charts.HexCell], legend: Mapping[str, str], table: Table
) -> Figure:
    """A map, with its legend and a table of how many councils have each of its colours."""
    told = with_figures(description, [f"{text}: {count}" for _, (text, count), _ in table.rows])
    svg = charts.hexmap(title, told, cells)
    keys = tuple((f"hex {kind}", text) for kind, text in legend.items())
    return Figure(Markup(svg), table.caption, table, keys, SAY.source)


def counted(
    part: str, caption: str, heading: str, kinds: Mapping[str, str], cells: Sequence[charts.HexCell]
) -> Table:
    """How many councils have each colour of a map."""
    counts = Counter(kind for _, _, _, kind, _, _ in cells)
    rows = [(kind, [text, number(counts[kind], 0)], "") for kind, text in kinds.items()]
    columns = [Column("colour", heading), Column("councils", SAY.councils, numeric=True)]
    return Table(part, caption, columns, rows)


def range_map(site: Site, ranking_id: str, edition: str, root: str) -> Figure:
    """Where the likely range of each council lies in a ranking."""
    name = next(row["ranking_name"] for row in site.lenses if row["ranking_id"] == ranking_id)
    cells: list[charts.HexCell] = []
    for (at, code), rows in site.standings.items():
        if at != edition or code not in site.places:
            continue
        row = next(row for row in rows if row["ranking_id"] == ranking_id)
        council = site.council[code]
        tail = f"-{edition}" if edition in council["editions"] and edition != council["main_edition"] else ""
        href = f"{root}councils/{council['slug']}{tail}.html" if code in site.shown else None
        place = site.places[code]
        label = f"{site.titles[code]}: {rank_or_reason(row)}"
        cells.append((code, place["hex_column"], place["hex_row"], row["range_position"], label, href))
    table = counted(
        "map",
        SAY.range_caption(edition),
        SAY.range_heading,
        words.RANGE_POSITION,
        cells,
    )
    return drawn(
        SAY.range_named(name, edition),
        SAY.range_told,
        cells,
        words.RANGE_POSITION,
        table,
    )


def grade_map(site: Site, name: str, edition: str, values: Sequence[Row]) -> Figure:
    """How a measure grades each council in an edition."""
    cells: list[charts.HexCell] = []
    for row in values:
        code = row["gss_code"]
        if code not in site.places:
            continue
        place = site.places[code]
        kind = f"grade_{row['grade'].lower()}" if row["grade"] else "not_ranked"
        value = words.MISSING.get(row["missing_reason"] or "", plain(row["value"]))
        label = f"{site.titles[code]}: {SAY.graded(value, row['grade'])}"
        cells.append((code, place["hex_column"], place["hex_row"], kind, label, None))
    table = counted(
        "grades",
        SAY.grade_caption(edition),
        SAY.grade_heading,
        words.GRADES,
        cells,
    )
    return drawn(
        SAY.grade_named(name, edition),
        SAY.grade_told,
        cells,
        words.GRADES,
        table,
    )
