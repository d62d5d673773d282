"""What a kind of fault is, and how its place in a table is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from scripts.proofs.planted_faults import series as targets
from scripts.proofs.planted_faults.series import Series, is_number
from scripts.proofs.planted_faults.tables import Table

Plant = Callable[[Table, Series, Random], Table]

# Two councils that are never ranked: a fault in one council is planted elsewhere.
NEVER_RANKED = {"E09000001", "E06000053"}

ENGLAND = "E92000001"

# Of a council before it was recoded, after it was merged or split, or of a district in an earlier year.
CODES_OF_ANOTHER_DAY = [
    "E08000020",
    "E06000048",
    "E07000100",
    "E08000038",
    "E06000063",
    "E06000028",
    "E07000004",
    "E10000021",
]


class CannotPlantError(Exception):
    """The fault does not apply to what was drawn; another draw may do."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault: its name, the layer that should catch it, how it happens, where and how it goes in."""

    name: str
    layer: str
    practice: str
    aims: str
    plant: Plant


KINDS: dict[str, Kind] = {}


def kind(name: str, layer: str, aims: str, practice: str) -> Callable[[Plant], Plant]:
    """Enter a function into the register of kinds."""

    def entered(plant: Plant) -> Plant:
        KINDS[name] = Kind(name, layer, practice, aims, plant)
        return plant

    return entered


def editions(table: Table, series: Series) -> list[int]:
    """The financial years into which a fault of the series may go, by the year they start in.

    That is the newest edition of the index alone, or every earlier one in which it uses the series.
    """
    newest = targets.newest_start(root())
    found = [start for start in series.starts(table) if (start >= newest) == series.in_newest]
    if not found:
        kept = "the newest" if series.in_newest else "an earlier"
        raise CannotPlantError(f"{series.name} has no number in {kept} edition")
    return found


def an_edition(table: Table, series: Series, chance: Random) -> int:
    """A financial year into which a fault of the series may go, by the year it starts in."""
    return chance.choice(editions(table, series))


def code_column(table: Table) -> str:
    """The column that holds the authority."""
    return "printed_code" if "printed_code" in table.header else "gss_code"


def numbers(table: Table, series: Series, rows: list[int]) -> list[int]:
    """Those of the rows that hold a number."""
    return [row for row in rows if is_number(table.cell(row, series.column))]


def of_councils(table: Table, rows: list[int]) -> list[int]:
    """Those of the rows that are of a council: not England's, not of one that is never ranked."""
    return [row for row in rows if table.cell(row, code_column(table)) not in NEVER_RANKED | {ENGLAND}]


def a_cell(table: Table, series: Series, chance: Random, least: float = 0.0) -> int:
    """The row of one council's number in an edition of the index, above ``least`` in size."""
    rows = numbers(table, series, of_councils(table, series.rows(table, an_edition(table, series, chance))))
    rows = [row for row in rows if abs(float(table.cell(row, series.column))) > least]
    if not rows:
        raise CannotPlantError(f"no number above {least} in {series.name}")
    return chance.choice(rows)


def a_council(table: Table, series: Series, rows: list[int], chance: Random) -> str:
    """A council that holds numbers in these rows."""
    held = of_councils(table, numbers(table, series, rows))
    if not held:
        raise CannotPlantError(f"no council holds {series.name}")
    return chance.choice(sorted({table.cell(row, code_column(table)) for row in held}))


def of_code(table: Table, rows: list[int], code: str) -> list[int]:
    """Those of the rows that are of one authority."""
    return [row for row in rows if table.cell(row, code_column(table)) == code]


def times(factor: float) -> Callable[[str], str]:
    """A change that multiplies a number, with the digits that it had; other text stays."""

    def change(text: str) -> str:
        return as_text(float(text) * factor, text) if is_number(text) else text

    return change


def as_text(number: float, like: str) -> str:
    """A number as text: whole where the one it replaces was whole and it can be, else of six digits."""
    if number == int(number):
        return f"{int(number)}.0" if "." in like else str(int(number))
    return f"{number:.6f}".rstrip("0").rstrip(".")


def slip(chance: Random) -> float:
    """A factor between two units."""
    return chance.choice([10, 100, 1000, 0.1, 0.01, 0.001])


def values_by_code(table: Table, series: Series, start: int) -> dict[tuple[str, str], int]:
    """The rows of an edition by authority and the part of the year, so that two editions can be matched."""
    found = {}
    for row in series.rows(table, start):
        period = table.cell(row, series.period)
        part = period[-2:] if series.period in ("month", "quarter_end") else ""
        if "tenure" in table.header:
            part = table.cell(row, "tenure")
        found[table.cell(row, code_column(table)), part] = row
    return found


@cache
def root() -> Path:
    """This project's folder."""
    return Path(__file__).resolve().parents[3]


@cache
def figures_of() -> tuple[Series, ...]:
    """Every series of figures that the index and its modules use."""
    found = [*targets.measures(root()), *targets.denominators(root()), *targets.spend_lines(root())]
    return (*found, *targets.populations(root()))
