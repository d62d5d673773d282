"""What a page is made of: sections with figures and tables; the templates draw them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from scripts.site.words import NO_VALUE

Cell = str | Markup
PRINTED_FIGURE = re.compile(r"[+\u2212]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?")
BY_PEERS = re.compile(r'<span class="p-(\w+)">([^<]*)</span>')


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in ``data-col``, its heading, and whether it holds numbers."""

    id: str
    heading: Cell
    numeric: bool = False


@dataclass
class Table:
    """A table: rows have a key, so that a figure can be found again, and a cell for each column."""

    part: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Cell], str]]
    sortable: bool = False
    note: Cell = ""


@dataclass
class Figure:
    """A chart with its caption, its legend (class and words) and the table of what it draws."""

    svg: Markup
    caption: str
    table: Table | None = None
    legend: Sequence[tuple[str, str]] = ()
    note: Cell = ""
    wide: bool = False


@dataclass
class Section:
    """A part of a page under one heading."""

    id: str
    title: str
    paragraphs: Sequence[Cell] = ()
    items: Sequence[Cell] = ()
    facts: Sequence[tuple[str, Cell]] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    controls: str = ""
    after: Sequence[Cell] = ()
    folded: Sequence[Table] = ()


@dataclass
class Page:
    """A page: where it goes, what it is called, what stands on it.

    The page of the edition shown first has an address without the edition. At the address with it,
    ``also_at``, a short page leads on, so that addresses go on to work whichever edition comes first.
    """

    path: str
    title: str
    lead: Sequence[Cell]
    sections: Sequence[Section]
    kind: str
    description: str
    crumbs: Sequence[tuple[str, str]] = ()
    editions: Sequence[tuple[str, str, bool]] = ()
    template: str = "page.html"
    also_at: Sequence[str] = ()
    values: dict[str, object] = field(default_factory=dict)
    has_csv: bool = True

    @property
    def root(self) -> str:
        """The way from the page back to the folder of the site."""
        return "../" * self.path.count("/")

    def tables(self) -> list[Table]:
        """Every table of the page, those under charts too."""
        found = []
        for section in self.sections:
            found += [figure.table for figure in section.figures if figure.table]
            found += [*section.tables, *section.folded]
        return found

    def csv(self) -> str:
        """Everything that the page shows in tables, a line for each cell, pictures left out."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["part", "row", "column", "value"])
        for table in self.tables():
            for _, cells, _ in table.rows:
                name = plain_text(cells[0])
                for column, cell in zip(table.columns[1:], cells[1:], strict=True):
                    if isinstance(cell, Markup) and cell.startswith("<svg"):
                        continue
                    for suffix, value in told_apart(cell):
                        writer.writerow(
                            [table.part, plain_figure(name), column.id + suffix, plain_figure(value)]
                        )
        return text.getvalue()

    def charts(self) -> int:
        """How many charts the page has."""
        return sum(len(section.figures) for section in self.sections)


def plain_text(cell: Cell) -> str:
    """A cell without markup."""
    return Markup(cell).striptags() if isinstance(cell, Markup) else cell


def told_apart(cell: Cell) -> list[tuple[str, str]]:
    """The text of a cell; of one with a value for each set of peers, each with the ending of its column."""
    by_set = BY_PEERS.findall(cell) if isinstance(cell, Markup) else []
    if not by_set:
        return [("", plain_text(cell))]
    return [(f"_{peers}", Markup(value).striptags()) for peers, value in by_set]


def plain_figure(text: str) -> str:
    """A figure as programs read it: a hyphen for minus, no thousands apart, nothing for a dash.

    Other text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    if text == NO_VALUE:
        return ""
    if PRINTED_FIGURE.fullmatch(text):
        return text.replace("\u2212", "-").replace(",", "").lstrip("+")
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def link(href: str, text: str) -> Markup:
    """A link."""
    return Markup(f'<a href="{escape(href)}">{escape(text)}</a>')


def small(main: Cell, more: str) -> Markup:
    """A cell with a second line in small print."""
    return Markup(f"{escape(main)} <small>{escape(more)}</small>")


def by_peers(ons: str, dfe: str, region: str) -> Markup:
    """A cell with a value for each set of peers, of which the page shows the chosen one."""
    return Markup(
        f'<span class="p-ons">{escape(ons)}</span> <span class="p-dfe">{escape(dfe)}</span> '
        f'<span class="p-region">{escape(region)}</span>'
    )
