"""England: how spend and outcome moved, in five charts and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts
from scripts.site.data import Row
from scripts.site.movers import movers_href
from scripts.site.parts import Figure, Page, Section, Table, link
from scripts.site.said import columns, said
from scripts.site.shared import TO_HOME
from scripts.site.words import number, signed

if TYPE_CHECKING:
    from scripts.site.pages import Site

SAY = said("england")
# What a chart of the newest changes shows, and its column.
CHANGES = {
    "spend": "cash_per_head_change_pct",
    "outcome": "outcome_change_pct",
    "productivity": "productivity_change_pct",
}


def change_figure(rows: Sequence[Row], part: str, column: str) -> Figure:
    """A bar for each lens: the change of the council in the middle since the edition before."""
    title = SAY.changes[part]
    named = [(SAY.of_edition(row), row) for row in rows]
    svg = charts.bars(
        SAY.change_named(title),
        SAY.change_told,
        [(name, row[column], f"{signed(row[column], 1)} %") for name, row in named],
        SAY.change_axis,
        diverging=True,
    )
    table = Table(
        part,
        SAY.change_named(title),
        columns(SAY.change, words_only=("since",)),
        [(row["ranking_id"], [name, row["from_edition"], signed(row[column], 1)], "") for name, row in named],
    )
    among = [name for name, row in named if row["price_basis"] == "england_spend"]
    note = SAY.change_note(among) if part == "productivity" and among else ""
    return Figure(Markup(svg), SAY.change_title(title), table, note=note)


def spend_figure(rows: Sequence[Row]) -> Figure:
    """A bar for each lens: what the councils spent together."""
    held = sorted(rows, key=lambda row: -row["spend_gbp_bn"])
    named = [(SAY.money_of(row), row) for row in held]
    svg = charts.bars(
        SAY.money_named,
        SAY.money_told,
        [(name, row["spend_gbp_bn"], number(row["spend_gbp_bn"])) for name, row in named],
        SAY.money_axis,
    )
    table = Table(
        "money",
        SAY.money_caption,
        columns(SAY.money),
        [
            (
                row["ranking_id"],
                [name, number(row["spend_gbp_bn"]), number(row["councils_with_spend"], 0)],
                "",
            )
            for name, row in named
        ],
    )
    return Figure(Markup(svg), SAY.money_title, table, note=SAY.money_note, shows=("spend",))


def balance_figure(site: Site, rows: Sequence[Row]) -> Figure:
    """A column for each edition: by how much more councils rose than fell, over all lenses."""
    held = {row["edition"]: row["rose_less_fell_pct"] for row in rows}
    editions = [at for at, row in site.editions.items() if row["is_index_edition"] or at in held]
    first = min(held)
    shown = [at for at in editions if at >= first]
    svg = charts.columns(
        SAY.balance_named,
        SAY.balance_told,
        shown,
        [held.get(at) for at in shown],
        SAY.balance_axis,
        2,
    )
    table = Table(
        "balance",
        SAY.balance_caption,
        columns(SAY.balance),
        [(at, [at, signed(held.get(at), 1)], "") for at in shown],
    )
    return Figure(Markup(svg), SAY.balance_title, table)


def history_table(site: Site, rows: Sequence[Row]) -> Table:
    """Every edition and lens that is compared, newest first."""
    body = [
        (
            f"{row['ranking_id']}-{row['edition']}",
            [
                link(movers_href(site, "", row["ranking_id"], row["edition"]), SAY.of_edition(row)),
                row["from_edition"],
                signed(row["cash_per_head_change_pct"], 1),
                signed(row["prices_change_pct"], 1),
                signed(row["outcome_change_pct"], 1),
                signed(row["productivity_change_pct"], 1),
                number(row["councils_improved"], 0),
                number(row["councils_declined"], 0),
                number(row["councils_within_noise"], 0),
            ],
            "",
        )
        for row in sorted(rows, key=lambda row: (row["edition"], -row["ranking_order"]), reverse=True)
    ]
    return Table(
        "history",
        SAY.history_caption,
        columns(SAY.history, words_only=("since",)),
        body,
        sortable=True,
    )


def england_page(site: Site) -> Page:
    """How spend and outcome moved in England as a whole."""
    rows = site.figures.rows("england")
    newest = sorted((row for row in rows if row["is_newest"]), key=lambda row: row["ranking_order"])
    figures = [change_figure(newest, part, column) for part, column in CHANGES.items()]
    return Page(
        path="england.html",
        title=SAY.title,
        lead=[],
        sections=[
            Section(
                "charts",
                SAY.charts,
                figures=[*figures, balance_figure(site, rows), spend_figure(newest)],
            ),
            Section("history", SAY.history_title, tables=[history_table(site, rows)]),
        ],
        kind="england",
        description=SAY.described,
        crumbs=TO_HOME,
        template="england.html",
        values={"newest": newest, "signed": signed},
    )
