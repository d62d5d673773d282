"""Faults in tables: rows and columns."""

from __future__ import annotations

import statistics
from itertools import pairwise
from random import Random

from scripts.proofs.planted_faults import series as targets
from scripts.proofs.planted_faults.drawing import (
    ENGLAND,
    CannotPlantError,
    a_cell,
    a_council,
    an_edition,
    as_text,
    code_column,
    editions,
    figures_of,
    kind,
    numbers,
    of_code,
    of_councils,
    times,
    values_by_code,
)
from scripts.proofs.planted_faults.series import Series
from scripts.proofs.planted_faults.tables import Row, Table


@kind(
    "row printed twice",
    "source",
    "any",
    "Two pages of a table overlap, and the rows between them stand twice, perhaps revised.",
)
def duplicated_row(table: Table, series: Series, chance: Random) -> Table:
    """A row twice, the second time with another figure or the same."""
    row = a_cell(table, series, chance)
    again = table if chance.random() < 0.5 else table.changed(series.column, [row], times(1.1))
    return table.with_rows([again.rows[row]], after=row)


@kind(
    "a council missing",
    "distribution",
    "any",
    "A late return: the council's row is left out of the edition altogether.",
)
def council_missing(table: Table, series: Series, chance: Random) -> Table:
    """Without a council's rows in one edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    return table.without(of_code(table, rows, a_council(table, series, rows, chance)))


@kind(
    "two councils exchanged",
    "release",
    "figures",
    "Names that sort alike - two counties, two boroughs - are matched to each other's codes.",
)
def councils_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """The rows of two councils in one edition under each other's code."""
    rows = series.rows(table, an_edition(table, series, chance))
    one = a_council(table, series, rows, chance)
    other = a_council(table, series, rows, chance)
    if one == other:
        raise CannotPlantError("the same council twice")
    column = code_column(table)
    swap = {one: other, other: one}
    mine = [row for row in rows if table.cell(row, column) in swap]
    return table.changed(column, mine, lambda text: swap[text])


@kind(
    "figures shifted by one council",
    "distribution",
    "figures",
    "A column is sorted without the column of names, or pasted one row too low.",
)
def figures_shifted(table: Table, series: Series, chance: Random) -> Table:
    """Every figure of an edition in the row below."""
    rows = series.rows(table, an_edition(table, series, chance))
    texts = [table.cell(row, series.column) for row in rows]
    return table.with_cells(series.column, dict(zip(rows, [texts[-1], *texts[:-1]], strict=True)))


@kind(
    "last year's figures again",
    "distribution",
    "figures",
    "The file of the year before is loaded once more under the new year.",
)
def last_year_again(table: Table, series: Series, chance: Random) -> Table:
    """An edition with the figures of the one before."""
    allowed = editions(table, series)
    steps = pairwise(series.starts(table))
    pairs = [(one, other) for one, other in steps if other == one + 1 and other in allowed]
    if not pairs:
        raise CannotPlantError(f"{series.name} has no two editions in a row")
    one, other = chance.choice(pairs)
    before, after = values_by_code(table, series, one), values_by_code(table, series, other)
    texts = {row: table.cell(before[key], series.column) for key, row in after.items() if key in before}
    return table.with_cells(series.column, texts)


@kind(
    "coverage loss of 15 %",
    "grading",
    "any",
    "A region's returns have not arrived when the table is frozen.",
)
def coverage_loss(table: Table, series: Series, chance: Random) -> Table:
    """Without three councils in twenty in an edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    codes = sorted({table.cell(row, code_column(table)) for row in of_councils(table, rows)})
    gone = set(chance.sample(codes, max(1, round(0.15 * len(codes)))))
    return table.without([row for row in rows if table.cell(row, code_column(table)) in gone])


@kind(
    "a total among councils",
    "source",
    "any",
    "The region's or England's total stands at the end of the list of councils.",
)
def total_row(table: Table, series: Series, chance: Random) -> Table:
    """One more row: the sum of an edition under a total's code."""
    rows = numbers(table, series, series.rows(table, an_edition(table, series, chance)))
    code = chance.choice(["E12000001", "Total", ENGLAND, "E13000001", ""])
    return table.with_rows([summed(table, series, rows, code)])


def summed(table: Table, series: Series, rows: list[int], code: str) -> Row:
    """The sum of rows as a row of its own."""
    if not rows:
        raise CannotPlantError(f"no number in {series.name}")
    row = list(table.rows[rows[0]])
    row[table.at(code_column(table))] = code
    row[table.at(series.column)] = as_text(sum(float(table.cell(at, series.column)) for at in rows), "1.0")
    return tuple(row)


@kind(
    "England's figure as a council's",
    "distribution",
    "figures",
    "The total's row is read as the row of the council above it.",
)
def england_as_council(table: Table, series: Series, chance: Random) -> Table:
    """One council with England's total, or for rates with England's mean."""
    start = an_edition(table, series, chance)
    rows = numbers(table, series, of_councils(table, series.rows(table, start)))
    row = chance.choice(rows)
    held = [float(table.cell(each, series.column)) for each in rows]
    rate = series.unit_kind in ("percentage", "rate", "score") and series.seed in targets.ITEMS_IN_ROWS
    found = statistics.fmean(held) if rate or series.seed == "defra_waste" else sum(held)
    return table.with_cells(series.column, {row: as_text(found, table.cell(row, series.column))})


@kind(
    "a county's total beside its districts",
    "source",
    "districts",
    "A county area is printed twice, as its districts and as their sum.",
)
def county_beside_districts(table: Table, series: Series, chance: Random) -> Table:
    """One more row: a county with the sum of districts."""
    rows = series.rows(table, an_edition(table, series, chance))
    period = table.cell(chance.choice(rows), series.period)
    rows = [row for row in numbers(table, series, rows) if table.cell(row, series.period) == period]
    districts = [row for row in rows if table.cell(row, code_column(table)).startswith("E07")]
    county = chance.choice(["E10000003", "E10000012", "E10000014", "E10000016", "E10000018", "E10000024"])
    return table.with_rows([summed(table, series, districts[:6], county)])


@kind(
    "part of the year missing",
    "distribution",
    "parts of a year",
    "The last months or quarters have not been published when the year is made up.",
)
def part_of_year(table: Table, series: Series, chance: Random) -> Table:
    """Without one or two quarters, or three months, of an edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    periods = sorted({table.cell(row, series.period) for row in rows})
    gone = set(periods[-(1 if series.period == "quarter_end" else 3) :])
    return table.without([row for row in rows if table.cell(row, series.period) in gone])


def another(series: Series, chance: Random, others: tuple[Series, ...]) -> Series:
    """Another series of the same seed."""
    beside = [each for each in others if each.seed == series.seed and each != series]
    if not beside:
        raise CannotPlantError(f"{series.name} stands alone in its seed")
    return chance.choice(beside)


def matched(table: Table, one: Series, other: Series, start: int) -> list[tuple[int, int]]:
    """The rows of two series in an edition, authority by authority."""
    mine, theirs = values_by_code(table, one, start), values_by_code(table, other, start)
    found = [(row, theirs[key]) for key, row in mine.items() if key in theirs]
    if not found:
        raise CannotPlantError(f"{one.name} and {other.name} share no row")
    return found


@kind(
    "constant column",
    "grading",
    "figures",
    "A formula is filled down with a fixed reference, and every council has the first one's figure.",
)
def constant_column(table: Table, series: Series, chance: Random) -> Table:
    """Every number of an edition the same."""
    rows = numbers(table, series, series.rows(table, an_edition(table, series, chance)))
    text = table.cell(chance.choice(rows), series.column)
    return table.changed(series.column, rows, lambda _: text)


@kind(
    "a column printed twice",
    "distribution",
    "neighbouring columns",
    "The column beside is copied, so that two measures hold the same figures.",
)
def column_twice(table: Table, series: Series, chance: Random) -> Table:
    """The figures of one series of an edition in the place of another's."""
    other = another(series, chance, figures_of())
    pairs = matched(table, series, other, an_edition(table, series, chance))
    return table.with_cells(series.column, {row: table.cell(its, other.column) for row, its in pairs})


@kind(
    "two columns exchanged",
    "distribution",
    "neighbouring columns",
    "The publisher reorders the columns, and they are read by their place.",
)
def columns_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """Two series of an edition in each other's place."""
    other = another(series, chance, figures_of())
    pairs = matched(table, series, other, an_edition(table, series, chance))
    swapped = table.with_cells(series.column, {row: table.cell(its, other.column) for row, its in pairs})
    return swapped.with_cells(other.column, {its: table.cell(row, series.column) for row, its in pairs})
