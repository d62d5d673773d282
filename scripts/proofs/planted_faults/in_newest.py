"""Faults that are well-formed and wrong: in the newest edition, in names, in lists of no edition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random

from scripts.proofs.planted_faults import series as targets
from scripts.proofs.planted_faults.drawing import (
    CannotPlantError,
    a_council,
    code_column,
    editions,
    kind,
    numbers,
    of_code,
    of_councils,
    root,
    times,
    values_by_code,
)
from scripts.proofs.planted_faults.in_registers import row_of
from scripts.proofs.planted_faults.series import Series
from scripts.proofs.planted_faults.tables import Table

LEAST_OF_A_REGION = 8


def newest(table: Table, series: Series) -> int:
    """The newest financial year of the index, if it uses the series there, by the year it starts in."""
    return editions(table, replace(series, in_newest=True))[-1]


def a_region(table: Table, series: Series, chance: Random) -> list[int]:
    """The rows of one region's councils in the newest edition, in the order of their codes."""
    regions = {row["gss_code"]: row["region_code"] for row in targets.table_rows(root(), "councils")}
    rows = numbers(table, series, of_councils(table, series.rows(table, newest(table, series))))
    by_region: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        if region := regions.get(table.cell(row, code_column(table))):
            by_region[region].append(row)
    large = sorted(region for region, mine in by_region.items() if len(mine) >= LEAST_OF_A_REGION)
    if not large:
        raise CannotPlantError(f"no region has councils enough in {series.name}")
    mine = by_region[chance.choice(large)]
    return sorted(mine, key=lambda row: (table.cell(row, series.period), table.cell(row, code_column(table))))


def moved_down(table: Table, series: Series, rows: list[int]) -> Table:
    """These rows with the figure of the row before, the first with that of the last."""
    texts = [table.cell(row, series.column) for row in rows]
    return table.with_cells(series.column, dict(zip(rows, [texts[-1], *texts[:-1]], strict=True)))


@kind(
    "last year's figures with a little noise",
    "distribution",
    "figures",
    "The newest year is carried forward from the one before, rounded or perturbed.",
)
def last_year_with_noise(table: Table, series: Series, chance: Random) -> Table:
    """The newest edition with last year's figures, each times 0.999 to 1.001."""
    other = newest(table, series)
    one = other - 1
    if one not in series.starts(table):
        raise CannotPlantError(f"{series.name} has no two editions in a row")
    before, after = values_by_code(table, series, one), values_by_code(table, series, other)
    return table.with_cells(
        series.column,
        {
            row: times(chance.uniform(0.999, 1.001))(table.cell(before[key], series.column))
            for key, row in after.items()
            if key in before
        },
    )


@kind(
    "a quarter shifted by one council",
    "distribution",
    "parts of a year",
    "One quarter's or month's file is pasted one row too low, the others of the year are right.",
)
def part_shifted(table: Table, series: Series, chance: Random) -> Table:
    """One part of the newest edition with every figure in the row below."""
    rows = of_councils(table, series.rows(table, newest(table, series)))
    period = chance.choice(sorted({table.cell(row, series.period) for row in rows}))
    return moved_down(table, series, [row for row in rows if table.cell(row, series.period) == period])


@kind(
    "a region shifted by one council",
    "distribution",
    "figures",
    "A region's rows are pasted one row too low under its heading.",
)
def region_shifted(table: Table, series: Series, chance: Random) -> Table:
    """One region's figures of the newest edition in the row below."""
    return moved_down(table, series, a_region(table, series, chance))


@kind(
    "a region grossed up otherwise",
    "distribution",
    "figures",
    "One region's returns are of another period, or grossed up otherwise than the rest.",
)
def region_grossed(table: Table, series: Series, chance: Random) -> Table:
    """One region's figures of the newest edition times 1.25, 1.5 or 0.75."""
    return table.changed(
        series.column, a_region(table, series, chance), times(chance.choice([1.25, 1.5, 0.75]))
    )


@kind(
    "all measures of one council better",
    "distribution",
    "items in rows",
    "A council returns figures of its better half, or a denominator that is too large.",
)
def council_better(table: Table, series: Series, chance: Random) -> Table:
    """Every measure of a council in a seed better by a fifth in the newest edition."""
    start = newest(table, series)
    code = a_council(table, series, series.rows(table, start), chance)
    polarity = {row["numerator_item_id"]: int(row["polarity"]) for row in targets.active_measures(root())}
    changed = table
    for one in targets.measures(root()):
        if one.seed == series.seed:
            rows = of_code(table, one.rows(table, start), code)
            better = times(1 + 0.2 * polarity[dict(one.where)["item_id"]])
            changed = changed.changed(one.column, rows, better)
    return changed


def exchanged(table: Table, column: str, one: int, other: int) -> Table:
    """Two cells of a column in each other's place."""
    texts = {one: table.cell(other, column), other: table.cell(one, column)}
    if texts[one] == texts[other]:
        raise CannotPlantError(f"both rows have the same {column}")
    return table.with_cells(column, texts)


@kind(
    "names of two measures exchanged",
    "release",
    "measures",
    "Two rows of the register are sorted by one column.",
)
def measure_names(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts with the name of another, and the other way round."""
    mine = row_of(table, series)
    return exchanged(
        table, "measure_name", mine, chance.choice([at for at in range(len(table.rows)) if at != mine])
    )


@kind("unit of a measure changed", "release", "measures", "The unit of a copied row stays.")
def measure_unit(table: Table, series: Series, chance: Random) -> Table:
    """A measure that counts, with the unit of another one."""
    mine = row_of(table, series)
    units = sorted({table.cell(at, "unit") for at in range(len(table.rows))} - {table.cell(mine, "unit")})
    return table.with_cells("unit", {mine: chance.choice(units)})


@kind("names of two councils exchanged", "source", "councils", "The column of names is sorted by itself.")
def council_names(table: Table, series: Series, chance: Random) -> Table:
    """Two councils with each other's name."""
    del series
    one, other = chance.sample(range(len(table.rows)), 2)
    return exchanged(table, "council_name", one, other)


@kind(
    "deflator of the newest year mistyped", "grading", "deflator", "A digit is mistyped in the newest year."
)
def newest_deflator(table: Table, series: Series, chance: Random) -> Table:
    """The newest deflator up or down by a tenth or a twentieth."""
    del series
    last = max(range(len(table.rows)), key=lambda row: table.cell(row, "edition"))
    return table.changed("gdp_deflator", [last], times(chance.choice([1.1, 0.9, 0.95, 1.05])))


@kind(
    "deprivation of children and older people exchanged",
    "release",
    "deprivation",
    "Two columns of the same table are read by their place.",
)
def deprivation_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """The two columns in each other's place, in all rows or in half of them."""
    del series
    columns = ("income_deprivation_children", "income_deprivation_older_people")
    every = range(len(table.rows))
    rows = list(every) if chance.random() < 0.5 else chance.sample(every, len(table.rows) // 2)
    found = table
    for mine, its in (columns, columns[::-1]):
        found = found.with_cells(mine, {row: table.cell(row, its) for row in rows})
    return found


@kind(
    "neighbours of two councils exchanged",
    "release",
    "neighbours",
    "Two rows of the model's table are read in each other's place.",
)
def neighbours_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """Two councils with each other's neighbours, where neither is the other's."""
    del series
    own, _, neighbour = table.header[:3]
    one, other = chance.sample(sorted({row[table.at(own)] for row in table.rows}), 2)
    mine, theirs = table.having(**{own: one}), table.having(**{own: other})
    named = {table.cell(row, neighbour) for row in (*mine, *theirs)}
    if len(mine) != len(theirs) or named & {one, other}:
        raise CannotPlantError(f"{one} and {other} are neighbours or have not as many")
    return table.changed(own, [*mine, *theirs], lambda text: {one: other, other: one}[text])


@kind(
    "a true value set aside as suspect",
    "release",
    "suspect_values",
    "Somebody finds a true figure odd, and it leaves the ranking.",
)
def true_value_set_aside(table: Table, series: Series, chance: Random) -> Table:
    """One more row: a figure of the newest edition of adult social care."""
    del series
    figures = chance.choice([each for each in targets.measures(root()) if each.seed == "nhs_ascof"])
    seed = targets.seed_table(root(), figures.seed)
    start = newest(seed, figures)
    row = chance.choice(numbers(seed, figures, of_councils(seed, figures.rows(seed, start))))
    edition = f"{start}-{(start + 1) % 100:02d}"
    found = {
        "publication_id": figures.seed,
        "item_id": figures.name,
        "printed_code": seed.cell(row, code_column(seed)),
        "edition": edition,
        "value_raw": seed.cell(row, figures.column),
        "missing_reason": "not_available",
        "note": "odd against the years beside it",
    }
    return table.with_rows([tuple(found[column] for column in table.header)])
