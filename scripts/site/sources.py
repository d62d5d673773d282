"""In which file, sheet, column and rows the figures of a measure are, and how a council can answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site.parts import Cell, Section, Table, link
from scripts.site.said import columns, said
from scripts.site.words import NO_VALUE

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("sources")


def reply_link(root: str) -> Markup:
    """Where a council finds how to answer a figure."""
    return link(f"{root}about.html#contact", SAY.reply)


def period_in_words(period: str) -> str:
    """A period as other pages write it: quarters of the seeds are six figures."""
    return f"{period[:4]}-{period[4:]}" if len(period) == 6 else period


def file_row(row: Row, edition: str) -> tuple[str, list[Cell], str]:
    """One file: what of the measure it holds, and where in it."""
    part = SAY.parts[row["part"]]
    if row["period"] != edition:
        part += f", {period_in_words(row['period'])}"
    cells: list[Cell] = [
        part,
        row["publication_name"],
        row["file_name"],
        row["sheet"] or NO_VALUE,
        row["value_column"],
        SAY.rows(row),
        f"{row['retrieved_on']}" if row["retrieved_on"] else NO_VALUE,
    ]
    return f"{row['part']}:{row['item_id']}:{row['period']}", cells, ""


def sources_section(site: Site, measure_id: str, edition: str, measure_name: str) -> Section:
    """The files of one measure in one edition."""
    rows = site.measure_sources[(measure_id, edition)]
    body = [file_row(row, edition) for row in rows]
    table = Table(
        "files", SAY.caption(measure_name, edition), columns(SAY.columns, words_only=SAY.columns), body
    )
    return Section(
        "files",
        SAY.title,
        paragraphs=[SAY.find_row if rows else SAY.second_hand, reply_link("../")],
        tables=[table] if rows else [],
    )
