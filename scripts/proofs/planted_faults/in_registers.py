"""Faults in the registers."""

from __future__ import annotations

from random import Random

from scripts.proofs.planted_faults.drawing import CannotPlantError, kind, times
from scripts.proofs.planted_faults.series import Series
from scripts.proofs.planted_faults.tables import Table


def row_of(table: Table, series: Series) -> int:
    """The row of the register that the fault is aimed at."""
    (row,) = table.having(**dict(series.where))
    return row


@kind("polarity flipped", "grading", "measures", "Higher is better is taken for lower is better.")
def polarity_flipped(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts, with the other polarity."""
    del chance
    return table.changed("polarity", [row_of(table, series)], lambda text: {"1": "-1", "-1": "1"}[text])


@kind("weight changed", "grading", "uses of measures", "A weight tried out is left in the register.")
def weight_changed(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts, with another weight."""
    return table.with_cells("weight", {row_of(table, series): chance.choice(["0.5", "1.5", "2", "3", "5"])})


@kind(
    "measure in another lens",
    "grading",
    "uses of measures",
    "A row is copied, and the lens of the copy stays.",
)
def measure_moved(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts, in another lens."""
    row = row_of(table, series)
    lenses = sorted({each[table.at("ranking_id")] for each in table.rows} - {table.cell(row, "ranking_id")})
    return table.with_cells("ranking_id", {row: chance.choice(lenses)})


@kind(
    "multiplier changed",
    "grading",
    "measures",
    "Per 100,000 people becomes per 10,000, or a fraction is not made a percentage.",
)
def multiplier_changed(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts, with a multiplier ten or a hundred times as large or small."""
    return table.changed("multiplier", [row_of(table, series)], times(chance.choice([10, 100, 0.1, 0.01])))


@kind(
    "measure counts another item",
    "grading",
    "measures",
    "The item of the row above is left in a copied row of the register.",
)
def another_item(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts, with the numerator of another one of its publication."""
    row = row_of(table, series)
    mine, publication = table.cell(row, "numerator_item_id"), table.cell(row, "publication_id")
    beside = table.having(publication_id=publication)
    items = sorted({table.cell(each, "numerator_item_id") for each in beside} - {mine})
    if not items:
        raise CannotPlantError(f"{publication} has one item")
    return table.with_cells("numerator_item_id", {row: chance.choice(items)})


@kind("goalposts exchanged", "grading", "goalposts", "Worst and best are entered in each other's column.")
def goalposts_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """The goalposts of a measure in each other's place."""
    del series
    row = chance.randrange(len(table.rows))
    worst, best = table.cell(row, "worst_goalpost"), table.cell(row, "best_goalpost")
    return table.with_cells("worst_goalpost", {row: best}).with_cells("best_goalpost", {row: worst})


@kind("goalpost moved", "grading", "goalposts", "A goalpost is rounded, mistyped or computed anew by hand.")
def goalpost_moved(table: Table, series: Series, chance: Random) -> Table:
    """A goalpost up or down by 2 to 20 % of itself."""
    del series
    column = chance.choice(["worst_goalpost", "best_goalpost"])
    factor = 1 + chance.choice([-1, 1]) * chance.uniform(0.02, 0.2)
    return table.changed(column, [chance.randrange(len(table.rows))], times(factor))


@kind(
    "deflator of the wrong year",
    "grading",
    "deflator",
    "The deflator's column is read one row too low, or is based on another year.",
)
def deflator_shifted(table: Table, series: Series, chance: Random) -> Table:
    """Every deflator one year late, one year mistyped, or all on another base."""
    del series
    texts = [table.cell(row, "gdp_deflator") for row in range(len(table.rows))]
    way = chance.choice(["late", "typed", "base"])
    if way == "late":
        return table.with_cells("gdp_deflator", dict(enumerate([texts[0], *texts[:-1]])))
    if way == "typed":
        row = chance.randrange(5, len(texts))
        return table.changed("gdp_deflator", [row], times(chance.choice([1.1, 0.9])))
    return table.changed("gdp_deflator", list(range(len(texts))), times(100 / 82.459))


@kind(
    "neighbours wrong",
    "grading",
    "neighbours",
    "A council is its own neighbour, a rank stands twice, or a neighbour does not exist.",
)
def neighbours_wrong(table: Table, series: Series, chance: Random) -> Table:
    """A council as its own neighbour, the same neighbour twice, or an unknown one."""
    del series
    own, rank, neighbour = table.header[:3]
    row = chance.randrange(1, len(table.rows))
    mine = table.cell(row, own)
    twice = table.cell(next(each for each in table.having(**{own: mine}) if each != row), neighbour)
    del rank
    return table.with_cells(neighbour, {row: chance.choice([mine, twice, "E06000999", "999"])})


# Entered from the lowest up.
@kind("spend line removed", "reconciliation", "spend_lines", "A line of the budget is lost in a merge.")
@kind(
    "register row removed: measure gap",
    "grading",
    "measure_gaps",
    "A row that says that a measure misses an edition is lost in a merge.",
)
@kind(
    "register row removed: suspect value",
    "distribution",
    "suspect_values",
    "A row that sets a figure aside is lost in a merge.",
)
@kind(
    "register row removed: printed code",
    "source",
    "printed_codes",
    "A row that says which council a code stands for is lost in a merge.",
)
def row_removed(table: Table, series: Series, chance: Random) -> Table:
    """Without one row of a register."""
    del series
    return table.without([chance.randrange(len(table.rows))])


@kind(
    "spend line with the wrong sign",
    "reconciliation",
    "spend_lines",
    "A line that is taken off is added, or the other way round.",
)
def spend_line_sign(table: Table, series: Series, chance: Random) -> Table:
    """One spend line with the other sign."""
    del series
    row = chance.randrange(len(table.rows))
    return table.changed("sign", [row], lambda text: {"1": "-1", "-1": "1"}[text])


@kind(
    "spend line in other units",
    "reconciliation",
    "spend_lines",
    "The register says pounds where the publication prints thousands.",
)
def spend_line_unit(table: Table, series: Series, chance: Random) -> Table:
    """One spend line in pounds in place of thousands, or the other way round."""
    del series
    row = chance.randrange(len(table.rows))
    return table.changed("pounds_per_unit", [row], lambda text: {"1": "1000", "1000": "1"}[text])
