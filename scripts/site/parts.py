"""What a page is made of: sections with figures and tables; the templates draw them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from scripts.site.words import NO_VALUE
from scripts.spreadsheets import guarded

Cell = str | Markup
PRINTED_FIGURE = re.compile(r"[+\u2212]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?")
BY_PEERS = re.compile(r'<span class="p-(\w+)">([^<]*)</span>')


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in ``data-col``, its heading, and whether it holds numbers.

    ``unit`` is that of the numbers where ``chart_data_words.html`` does not know it.
    """

    id: str
    heading: Cell
    numeric: bool = False
    unit: str = ""


@dataclass
class Table:
    """A table: rows have a key, so that a figure can be found again, and a cell for each column."""

    part: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Cell], str]]
    sortable: bool = False
    note: Cell = ""

    @property
    def kinds(self) -> str:
        """Classes: whether it can be sorted, and which columns, from 1, hold numbers."""
        numeric = [f"n{place}" for place, column in enumerate(self.columns, 1) if column.numeric]
        return " ".join((["sortable"] if self.sortable else []) + numeric)


@dataclass
class Figure:
    """A chart with its caption, its legend (class and words) and the table of what it draws.

    ``shows`` names the table's columns that are drawn, where that is not every one with numbers. ``data_at``
    is the address of the chart whose table has everything drawn here, where the table here has not.
    """

    svg: Markup
    caption: str
    table: Table | None = None
    legend: Sequence[tuple[str, str]] = ()
    note: Cell = ""
    wide: bool = False
    shows: Sequence[str] = ()
    data_at: str = ""


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


@dataclass(frozen=True)
class About:
    """What the figures of a page are of, for the data behind its charts; the source is else the index."""

    code: str = ""
    edition: str = ""
    source: str = ""
    licence: str = ""


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
    about: About = field(default_factory=About)

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
        """Everything that the page shows in tables, a line for each row, pictures left out.

        The columns are those of all tables; a line is empty in those that its own table does not have.
        """
        lines: list[dict[str, str]] = []
        columns = {"part": "", "row": ""}
        for table in self.tables():
            for _, cells, _ in table.rows:
                line = {"part": table.part, "row": plain_figure(plain_text(cells[0]))}
                for column, cell in zip(table.columns[1:], cells[1:], strict=True):
                    if isinstance(cell, Markup) and cell.startswith("<svg"):
                        continue
                    for suffix, value in told_apart(cell):
                        line[column.id + suffix] = plain_figure(value)
                lines.append(line)
                if not line.keys() <= columns.keys():
                    columns |= dict.fromkeys(line, "")
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([(columns | line).values() for line in lines])
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
    return guarded(text)


def link(href: str, text: str) -> Markup:
    """A link."""
    return Markup(f'<a href="{escape(href)}">{escape(text)}</a>')


def because(text: str, reason: str | bool | None) -> Cell:
    """A cell; of a dash, with the reason of the marts for whoever takes the figures away."""
    if text != NO_VALUE or not reason:
        return text
    return Markup(f'<span data-why="{escape(reason)}">{text}</span>')


def small(main: Cell, more: str) -> Markup:
    """A cell with a second line in small print."""
    return Markup(f"{escape(main)} <small>{escape(more)}</small>")


def by_peers(ons: str, dfe: str, region: str) -> Markup:
    """A cell with a value for each set of peers, of which the page shows the chosen one."""
    return Markup(
        f'<span class="p-ons">{escape(ons)}</span> <span class="p-dfe">{escape(dfe)}</span> '
        f'<span class="p-region">{escape(region)}</span>'
    )
