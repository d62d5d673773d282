"""Rows that add up others - England, regions, counties - held against the rows that they add up.

Of rates and shares they are not the sum, but the mean, each row counting as much as what it is out of. Most
of them feed no seed. But figures that moved a row off their codes, that stand under another concept or belong
to one council too many no longer add up, and the file says so itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.ingest.contract import NUMBER, Log, Row, Table
from scripts.ingest.registers import ENGLAND, Registers
from scripts.ingest.workbook import normal

#: Half a unit of each figure added up is lost by rounding, and half of ten in a total that is rounded itself.
ROUNDED = 0.5
Members = Callable[[Row], Sequence[Row] | None]


@dataclass(frozen=True)
class Slack:
    """How far a total may be from its rows, as shares of it: what its publisher adds, and what it leaves out.

    ``rounding`` is the unit to which totals are rounded, beside the half unit of every row.
    """

    above: float = 0.0
    below: float = 0.0
    rounding: float = 1.0


def check_totals(
    table: Table,
    totals: Iterable[Row],
    members: Members,
    columns: Sequence[str],
    log: Log,
    slack: Slack = Slack(),
    is_complete: bool = True,
) -> int:
    """Errors where a total is not the sum of its rows; returns how many totals were held against rows.

    A row without a figure may be estimated in the total, which is then only not smaller than the sum.

    Args:
        table: The table read.
        totals: Rows of it, or left out of it, that add up others; their texts by column.
        members: Told a total: the rows that it adds up, or ``None`` where that is not known.
        columns: Columns that add up.
        log: Takes the errors.
        slack: What the publisher is known to add or leave out.
        is_complete: Whether every authority has a row: else a total may be larger than its rows.
    """
    checked = 0
    for total in totals:
        rows = members(total)
        for name in columns if rows else ():
            text = total.texts.get(name, "").replace(",", "")
            if name not in table.places or not NUMBER.fullmatch(text):
                continue
            figures = [row.texts[name] for row in rows or ()]
            numbers = [float(figure) for figure in figures if NUMBER.fullmatch(figure)]
            printed, added = float(text), sum(numbers)
            rounding = ROUNDED * len(numbers) + slack.rounding
            checked += 1
            is_above = printed - added > rounding + slack.above * abs(printed)
            is_below = added - printed > rounding + slack.below * abs(printed)
            if is_below or (is_above and is_complete and len(numbers) == len(figures)):
                label = next(
                    (text for text in total.texts.values() if text and not NUMBER.fullmatch(text)), ""
                )
                found = f"{text} as the total of {total.code or label}"
                expected = f"{added:,.10g}, the sum of its {len(numbers)} rows"
                log.errors.append(table.sheet.error(total.number, table.places[name], found, expected))
    return checked


@dataclass(frozen=True)
class Near:
    """How far England's printed mean may be from that of its rows.

    Attributes:
        whole: In the unit of the figure, or as a share of it, where every authority has figure and weight.
        part: The same where some lack one of them, which England's own figure counts.
        fewest: With fewer rows than this the mean says nothing.
        is_share: Whether both are shares of England's figure.
    """

    whole: float
    part: float
    fewest: int
    is_share: bool = False


def check_mean(
    table: Table,
    england: Row,
    rows: Iterable[Row],
    weights: Mapping[str, float],
    column: str,
    authorities: int,
    near: Near,
    log: Log,
) -> bool:
    """An error where England is not the mean of its rows; returns whether it was held against them.

    Args:
        table: The table that England's row is of.
        england: The row of England.
        rows: Rows of authorities; one without a number, or without a weight, counts for nothing.
        weights: By an authority's code, what its figure is out of.
        column: The figures.
        authorities: How many there are.
        near: How far the two may be apart.
        log: Takes the error.
    """
    text = england.texts[column]
    pairs = [
        (float(row.texts[column]), weights[row.code])
        for row in rows
        if row.code in weights and NUMBER.fullmatch(row.texts[column])
    ]
    weight = sum(each for _, each in pairs)
    if not NUMBER.fullmatch(text) or len(pairs) < near.fewest or weight <= 0:
        return False
    printed, mean = float(text), sum(figure * each for figure, each in pairs) / weight
    allowed = near.whole if len(pairs) >= authorities else near.part
    if abs(mean - printed) > allowed * (abs(printed) if near.is_share else 1):
        expected = f"{mean:,.6g}, the mean of its {len(pairs)} rows, within {allowed:g}"
        expected += " of itself" * near.is_share
        log.errors.append(
            table.sheet.error(england.number, table.places[column], f"{text} as England's", expected)
        )
    return True


def by_area(rows: Sequence[Row], registers: Registers, period: str = "") -> Members:
    """Which of these rows a total adds up: by its code all of England, those of a region, or of a county.

    Args:
        rows: Rows of authorities.
        registers: Say where an authority lies.
        period: Column of the period, where the table has several; only rows of the total's own are added up.
    """
    known: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for area in {ENGLAND, *registers.areas_of(row.code)}:
            known.setdefault((area, row.texts.get(period, "")), []).append(row)

    def members(total: Row) -> Sequence[Row] | None:
        return known.get((total.code, total.texts.get(period, "")))

    return members


def with_area(rows: Iterable[Row], label: str = "name") -> list[Row]:
    """Left-out rows under their area's code: the one printed, or England's where its name stands there."""
    found = []
    for row in rows:
        code = row.code
        if not code.startswith("E") and normal(row.texts.get(label, "")).startswith("england"):
            code = ENGLAND
        found.append(row._replace(code=code))
    return found
