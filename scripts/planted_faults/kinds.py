"""The register of faults: how figures and registers go wrong in practice, each a pure function.

A kind takes a seed's rows, a target and a random generator, and gives back the rows with the fault in them.
A target is a series of figures (the cells of one item) or, for a fault of a whole file or register, a seed.
What a fault touches - series, edition, council, factor - is drawn, so that one kind is tried in many places.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from scripts.planted_faults import series as targets
from scripts.planted_faults.series import Series, is_number
from scripts.planted_faults.tables import Row, Table, read

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


# --- what is drawn ---------------------------------------------------------------------------------------


def an_edition(table: Table, series: Series, chance: Random) -> int:
    """A financial year in which the index uses the series, by the year it starts in."""
    starts = series.starts(table)
    if not starts:
        raise CannotPlantError(f"{series.name} has no number")
    return chance.choice(starts)


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


# --- units and scales ------------------------------------------------------------------------------------


@kind(
    "unit slip, whole series",
    "grading",
    "figures",
    "The publisher prints thousands, or per 10,000 in place of per 100,000, from one download to the next.",
)
def unit_slip_series(table: Table, series: Series, chance: Random) -> Table:
    """A unit slip of a series in every edition."""
    return table.changed(series.column, series.rows(table), times(slip(chance)))


@kind(
    "unit slip, one edition",
    "distribution",
    "figures",
    "One year's table is in other units than the years beside it, and the years are stacked.",
)
def unit_slip_edition(table: Table, series: Series, chance: Random) -> Table:
    """A unit slip of a series in one edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    return table.changed(series.column, rows, times(slip(chance)))


@kind(
    "unit slip, one council",
    "distribution",
    "figures",
    "One council returns pounds where thousands are asked for, and nobody asks back.",
)
def unit_slip_council(table: Table, series: Series, chance: Random) -> Table:
    """A unit slip of one council in one edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    rows = of_code(table, rows, a_council(table, series, rows, chance))
    return table.changed(series.column, rows, times(slip(chance)))


@kind(
    "pounds for thousands",
    "distribution",
    "spend",
    "A budget table in pounds is read as one in thousands of pounds, in one edition or for one council.",
)
def pounds_for_thousands(table: Table, series: Series, chance: Random) -> Table:
    """A spend line of an edition, of all or of one council, times 1,000."""
    rows = series.rows(table, an_edition(table, series, chance))
    if chance.random() < 0.5:
        rows = of_code(table, rows, a_council(table, series, rows, chance))
    return table.changed(series.column, rows, times(1000))


@kind(
    "percentage as fraction",
    "distribution",
    "percentages",
    "A spreadsheet stores 45 % as 0.45 and exports what it stores, or the other way round.",
)
def percentage_as_fraction(table: Table, series: Series, chance: Random) -> Table:
    """Percentages of an edition as fractions; fractions as percentages."""
    rows = series.rows(table, an_edition(table, series, chance))
    largest = max(abs(float(table.cell(row, series.column))) for row in numbers(table, series, rows))
    return table.changed(series.column, rows, times(100 if largest <= 1 else 0.01))


@kind(
    "sign flipped",
    "grading",
    "figures",
    "Income is booked as negative spend, or a change is printed in place of a level.",
)
def sign_flipped(table: Table, series: Series, chance: Random) -> Table:
    """Numbers of one council, or of a whole edition, with the other sign."""
    rows = series.rows(table, an_edition(table, series, chance))
    if chance.random() < 0.5:
        rows = of_code(table, rows, a_council(table, series, rows, chance))
    return table.changed(series.column, rows, times(-1))


@kind(
    "decimal point lost",
    "grading",
    "decimals",
    "A comma stands for the point, and a reader drops it as a separator of thousands.",
)
def decimal_point_lost(table: Table, series: Series, chance: Random) -> Table:
    """The numbers of one council, or of an edition, without their point."""
    rows = series.rows(table, an_edition(table, series, chance))
    if chance.random() < 0.5:
        rows = of_code(table, rows, a_council(table, series, rows, chance))
    return table.changed(series.column, rows, lambda text: text.replace(".", "") if is_number(text) else text)


@kind(
    "rounded to whole numbers",
    "distribution",
    "decimals",
    "A table is copied as it is shown and not as it is stored.",
)
def rounded(table: Table, series: Series, chance: Random) -> Table:
    """The numbers of an edition without decimals."""
    rows = series.rows(table, an_edition(table, series, chance))
    return table.changed(
        series.column, rows, lambda text: str(round(float(text))) if is_number(text) else text
    )


@kind(
    "margin in another unit",
    "grading",
    "margins",
    "The margin of error is printed as a standard error or as a fraction, and the bands shrink or swell.",
)
def margin_unit(table: Table, series: Series, chance: Random) -> Table:
    """Margins of error of an edition in another unit."""
    rows = series.rows(table, an_edition(table, series, chance))
    return table.changed(series.column, rows, times(chance.choice([0.01, 0.1, 10, 100])))


# --- single figures --------------------------------------------------------------------------------------


@kind(
    "digits transposed",
    "release",
    "figures",
    "A figure is typed in by hand: 54.2 for 45.2.",
)
def digits_transposed(table: Table, series: Series, chance: Random) -> Table:
    """Two of the first three digits of one number exchanged."""
    row = a_cell(table, series, chance, least=9)
    text = table.cell(row, series.column)
    places = [at for at, letter in enumerate(text) if letter.isdigit()][:3]
    pairs = [(one, other) for one, other in pairwise(places) if text[one] != text[other]]
    if not pairs:
        raise CannotPlantError(f"all digits of {text} are the same")
    one, other = chance.choice(pairs)
    letters = list(text)
    letters[one], letters[other] = letters[other], letters[one]
    return table.with_cells(series.column, {row: "".join(letters)})


@kind(
    "jump of 40 % in one council",
    "release",
    "figures",
    "A council changes what it counts, and its figure jumps while all others stay.",
)
def jump(table: Table, series: Series, chance: Random) -> Table:
    """The numbers of one council in one edition up by two fifths."""
    rows = series.rows(table, an_edition(table, series, chance))
    rows = of_code(table, rows, a_council(table, series, rows, chance))
    return table.changed(series.column, rows, times(1.4))


@kind(
    "zero for a figure",
    "distribution",
    "figures",
    "A council that sends nothing is entered as 0.",
)
def zero_for_figure(table: Table, series: Series, chance: Random) -> Table:
    """Zeros where one council printed numbers in an edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    rows = of_code(table, rows, a_council(table, series, rows, chance))
    return table.changed(series.column, rows, lambda text: "0" if is_number(text) else text)


@kind(
    "noise of 30 % on a measure",
    "distribution",
    "figures",
    "Figures of a sample, or perturbed to protect persons, are published beside full counts.",
)
def noise(table: Table, series: Series, chance: Random) -> Table:
    """Every number of an edition times a random factor between 0.7 and 1.3."""
    rows = numbers(table, series, series.rows(table, an_edition(table, series, chance)))
    texts = {row: times(chance.uniform(0.7, 1.3))(table.cell(row, series.column)) for row in rows}
    return table.with_cells(series.column, texts)


# --- symbols ---------------------------------------------------------------------------------------------


@kind(
    "zero for a symbol",
    "distribution",
    "symbols",
    "A spreadsheet or a reader fills the suppressed cells with 0.",
)
def zero_for_symbol(table: Table, series: Series, chance: Random) -> Table:
    """Zeros in place of every symbol of an edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    rows = [row for row in rows if not is_number(table.cell(row, series.column))]
    return table.changed(series.column, rows, lambda _: "0")


@kind(
    "a symbol never seen",
    "source",
    "figures",
    "The publisher brings in a new symbol, or a formula fails in the publisher's own table.",
)
def unknown_symbol(table: Table, series: Series, chance: Random) -> Table:
    """A new symbol in place of one number."""
    symbol = chance.choice(["[low]", "#N/A", "#DIV/0!", "n/a", "~", "†", "..", "<5", "[u]"])
    return table.with_cells(series.column, {a_cell(table, series, chance): symbol})


@kind(
    "blank for a symbol",
    "release",
    "symbols",
    "An export drops the symbols, so that the reason for a missing figure is lost.",
)
def blank_for_symbol(table: Table, series: Series, chance: Random) -> Table:
    """Nothing in place of every symbol of an edition."""
    rows = series.rows(table, an_edition(table, series, chance))
    rows = [row for row in rows if not is_number(table.cell(row, series.column))]
    return table.changed(series.column, rows, lambda _: "")


@kind(
    "number as a person writes it",
    "source",
    "figures",
    "Separators of thousands, a percent sign, brackets for a negative or a footnote come with the number.",
)
def written_number(table: Table, series: Series, chance: Random) -> Table:
    """Numbers of an edition with signs that a person adds."""
    rows = numbers(table, series, series.rows(table, an_edition(table, series, chance)))
    form = chance.choice(["{:,} ", "{}%", "({})", "{} (r)", "£{}"])
    return table.changed(series.column, rows, form.format)


# --- rows ------------------------------------------------------------------------------------------------


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
    starts = series.starts(table)
    pairs = [(one, other) for one, other in pairwise(starts) if other == one + 1]
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


# --- columns ---------------------------------------------------------------------------------------------


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


# --- codes and periods -----------------------------------------------------------------------------------


@kind(
    "a code that nobody has",
    "source",
    "any",
    "A code is mistyped.",
)
def wrong_code(table: Table, series: Series, chance: Random) -> Table:
    """One row under a code that does not exist."""
    row = a_cell(table, series, chance)
    code = table.cell(row, code_column(table))
    wrong = f"{code[:3]}{chance.randrange(500, 999):06d}"
    return table.with_cells(code_column(table), {row: wrong})


@kind(
    "an old or later code",
    "source",
    "any",
    "The publisher uses the codes of another year: abolished, recoded or not yet born.",
)
def code_of_another_day(table: Table, series: Series, chance: Random) -> Table:
    """A council's rows in an edition under a code of another day."""
    rows = series.rows(table, an_edition(table, series, chance))
    code = a_council(table, series, rows, chance)
    another_day = chance.choice(CODES_OF_ANOTHER_DAY)
    return table.changed(code_column(table), of_code(table, rows, code), lambda _: another_day)


@kind(
    "a code of Wales",
    "source",
    "any",
    "A table of England and Wales is read as one of England.",
)
def code_of_wales(table: Table, series: Series, chance: Random) -> Table:
    """Further rows under a Welsh code."""
    row = list(table.rows[a_cell(table, series, chance)])
    row[table.at(code_column(table))] = f"W060000{chance.randrange(1, 24):02d}"
    return table.with_rows([tuple(row)])


def next_year(text: str) -> str:
    """A printed period one year later."""
    later = str(int(text[:4]) + 1) + text[4:]
    if found := re.match(r"\d{4}([-/])(\d\d)(?!\d)(.*)", later):
        if found[3] == "" and text[4:5] == "-" and int(text[5:7]) != (int(text[:4]) + 1) % 100:
            return later  # a month
        return f"{later[:4]}{found[1]}{(int(found[2]) + 1) % 100:02d}{found[3]}"
    return later


@kind(
    "all periods one year late",
    "distribution",
    "any",
    "The year a period ends in is taken for the one it starts in.",
)
def all_periods_late(table: Table, series: Series, chance: Random) -> Table:
    """Every period of the series one year later."""
    del chance
    return table.changed(series.period, series.rows(table), next_year)


@kind(
    "one edition under the next year",
    "source",
    "any",
    "One file is stacked under the label of the year after.",
)
def edition_late(table: Table, series: Series, chance: Random) -> Table:
    """The rows of one edition under the period of the next."""
    rows = series.rows(table, an_edition(table, series, chance))
    return table.changed(series.period, rows, next_year)


@kind(
    "two editions exchanged",
    "release",
    "figures",
    "Two files are stacked in the wrong order.",
)
def editions_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """The figures of two editions in each other's place."""
    starts = series.starts(table)
    if len(starts) < 2:
        raise CannotPlantError(f"{series.name} has one edition")
    one, other = chance.sample(starts, 2)
    first, second = values_by_code(table, series, one), values_by_code(table, series, other)
    texts = {}
    for key in first.keys() & second.keys():
        texts[first[key]] = table.cell(second[key], series.column)
        texts[second[key]] = table.cell(first[key], series.column)
    return table.with_cells(series.column, texts)


@kind(
    "a period that became a date",
    "source",
    "any",
    "A spreadsheet takes 2011-12 for December 2011.",
)
def period_as_date(table: Table, series: Series, chance: Random) -> Table:
    """The period of an edition as a spreadsheet shows it."""
    rows = series.rows(table, an_edition(table, series, chance))
    form = chance.choice(["01/04/{}", "Apr-{}", "{}-04-01 00:00:00", "{}.0"])
    return table.changed(series.period, rows, lambda text: form.format(text[:4]))


@kind(
    "population of another year",
    "distribution",
    "population",
    "The estimates of another year, or of the base before the census, are joined to the edition.",
)
def population_of_another_year(table: Table, series: Series, chance: Random) -> Table:
    """All populations of an edition those of an earlier one."""
    starts = series.starts(table)
    at = chance.randrange(1, len(starts))
    earlier = starts[chance.randrange(0, at)]
    before, after = values_by_code(table, series, earlier), values_by_code(table, series, starts[at])
    for column in ("pop_0_17", "pop_18_64", "pop_65_plus", "pop_all"):
        texts = {row: table.cell(before[key], column) for key, row in after.items() if key in before}
        table = table.with_cells(column, texts)
    return table


# --- files -----------------------------------------------------------------------------------------------


@kind(
    "file cut off",
    "source",
    "files",
    "A download breaks off in the middle of a line, or at the end of one.",
)
def file_cut_off(table: Table, series: Series, chance: Random) -> Table:
    """The first part of a file, the last line perhaps half."""
    del series
    kept = max(1, int(len(table.rows) * chance.uniform(0.5, 0.98)))
    rows = list(table.rows[:kept])
    if chance.random() < 0.5:
        rows[-1] = rows[-1][: max(1, len(rows[-1]) // 2)]
    return replace(table, rows=tuple(rows))


@kind(
    "header renamed",
    "source",
    "files",
    "The publisher renames a column.",
)
def header_renamed(table: Table, series: Series, chance: Random) -> Table:
    """One column under another name."""
    del series
    at = chance.randrange(len(table.header))
    name = chance.choice([f"{table.header[at]}_revised", table.header[at].title(), f" {table.header[at]}"])
    return replace(table, header=(*table.header[:at], name, *table.header[at + 1 :]))


@kind(
    "column inserted",
    "source",
    "files",
    "The publisher adds a column, or a tool writes its row numbers.",
)
def column_inserted(table: Table, series: Series, chance: Random) -> Table:
    """One more column of row numbers; now and then without a name in the header."""
    del series
    at = chance.randrange(len(table.header))
    header = (*table.header[:at], "Unnamed: 0", *table.header[at:])
    rows = [(*row[:at], str(number), *row[at:]) for number, row in enumerate(table.rows)]
    return Table(header if chance.random() < 0.5 else table.header, tuple(rows))


@kind(
    "columns in another order",
    "release",
    "files",
    "The publisher puts the columns in another order, header and all.",
)
def columns_reordered(table: Table, series: Series, chance: Random) -> Table:
    """The same columns in another order: harmless, since columns are read by name."""
    del series
    order = chance.sample(range(len(table.header)), len(table.header))
    return Table(
        tuple(table.header[at] for at in order), tuple(tuple(row[at] for at in order) for row in table.rows)
    )


@kind(
    "headers under each other's column",
    "distribution",
    "wide files",
    "Two headers are exchanged while the columns stay.",
)
def headers_exchanged(table: Table, series: Series, chance: Random) -> Table:
    """Two columns of figures under each other's name, in all editions."""
    other = another(series, chance, figures_of())
    one, two = table.at(series.column), table.at(other.column)
    header = list(table.header)
    header[one], header[two] = header[two], header[one]
    return replace(table, header=tuple(header))


@kind(
    "header in the middle",
    "source",
    "files",
    "Two files are appended, header and all.",
)
def header_repeated(table: Table, series: Series, chance: Random) -> Table:
    """The header once more among the rows."""
    del series
    return table.with_rows([table.header], after=chance.randrange(len(table.rows)))


NAMES = {"authorities": "authority_name", "councils": "council_name"}


def renamed(table: Table, series: Series, chance: Random, change: Callable[[str], str]) -> Table:
    """The names of some councils changed, those that a change of encoding can hurt."""
    column = NAMES[series.seed]
    rows = [row for row in range(len(table.rows)) if re.search(r"[-'&.]", table.cell(row, column))]
    return table.changed(column, chance.sample(rows, min(3, len(rows))), change)


@kind(
    "names in Windows-1252",
    "source",
    "names",
    "A file saved on Windows: dashes and apostrophes are bytes that are not UTF-8.",
)
def windows_1252(table: Table, series: Series, chance: Random) -> Table:
    """Names with a dash, an apostrophe or a space of Windows-1252."""

    def change(text: str) -> str:
        text = re.sub("[-&.]", "\N{EN DASH}", text).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        return text.encode("cp1252").decode("utf-8", errors="surrogateescape")

    return renamed(table, series, chance, change)


@kind(
    "names in mojibake",
    "source",
    "names",
    "UTF-8 is read as Windows-1252 and written again.",
)
def mojibake(table: Table, series: Series, chance: Random) -> Table:
    """Names with a dash or an apostrophe that went through a wrong encoding."""

    def change(text: str) -> str:
        text = re.sub("[-&.]", "\N{EN DASH}", text).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        return text.encode("utf-8").decode("cp1252")

    return renamed(table, series, chance, change)


# --- registers -------------------------------------------------------------------------------------------


def active(table: Table, chance: Random) -> int:
    """The row of an active measure of the register."""
    return chance.choice(table.having(status="active"))


@kind("polarity flipped", "grading", "measures", "Higher is better is taken for lower is better.")
def polarity_flipped(table: Table, series: Series, chance: Random) -> Table:
    """An active measure with the other polarity."""
    del series
    return table.changed("polarity", [active(table, chance)], lambda text: {"1": "-1", "-1": "1"}[text])


@kind("weight changed", "grading", "measures", "A weight tried out is left in the register.")
def weight_changed(table: Table, series: Series, chance: Random) -> Table:
    """An active measure with another weight."""
    del series
    return table.with_cells("weight", {active(table, chance): chance.choice(["0.5", "1.5", "2", "3", "5"])})


@kind("measure in another lens", "grading", "measures", "A row is copied, and the lens of the copy stays.")
def measure_moved(table: Table, series: Series, chance: Random) -> Table:
    """An active measure in another lens."""
    del series
    row = active(table, chance)
    lenses = sorted({each[table.at("lens_id")] for each in table.rows} - {table.cell(row, "lens_id")})
    return table.with_cells("lens_id", {row: chance.choice(lenses)})


@kind(
    "multiplier changed",
    "grading",
    "measures",
    "Per 100,000 people becomes per 10,000, or a fraction is not made a percentage.",
)
def multiplier_changed(table: Table, series: Series, chance: Random) -> Table:
    """An active measure with a multiplier ten or a hundred times as large or small."""
    del series
    return table.changed("multiplier", [active(table, chance)], times(chance.choice([10, 100, 0.1, 0.01])))


@kind(
    "measure counts another item",
    "grading",
    "measures",
    "The item of the row above is left in a copied row of the register.",
)
def another_item(table: Table, series: Series, chance: Random) -> Table:
    """An active measure with the numerator of another one of its publication."""
    del series
    row = active(table, chance)
    mine, publication = table.cell(row, "numerator_item_id"), table.cell(row, "publication_id")
    beside = table.having(status="active", publication_id=publication)
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


@kind(
    "register row removed: printed code",
    "source",
    "printed_codes",
    "A row that says which council a code stands for is lost in a merge.",
)
def printed_code_removed(table: Table, series: Series, chance: Random) -> Table:
    """Without one row of the printed codes."""
    del series
    return table.without([chance.randrange(len(table.rows))])


@kind(
    "register row removed: suspect value",
    "distribution",
    "suspect_values",
    "A row that sets a figure aside is lost in a merge.",
)
def suspect_removed(table: Table, series: Series, chance: Random) -> Table:
    """Without one row of the suspect values."""
    del series
    return table.without([chance.randrange(len(table.rows))])


@kind(
    "register row removed: measure gap",
    "grading",
    "measure_gaps",
    "A row that says that a measure misses an edition is lost in a merge.",
)
def gap_removed(table: Table, series: Series, chance: Random) -> Table:
    """Without one row of the gaps."""
    del series
    return table.without([chance.randrange(len(table.rows))])


@kind("spend line removed", "reconciliation", "spend_lines", "A line of the budget is lost in a merge.")
def spend_line_removed(table: Table, series: Series, chance: Random) -> Table:
    """Without one spend line."""
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


# --- targets ---------------------------------------------------------------------------------------------


@cache
def root() -> Path:
    """This project's folder."""
    return Path(__file__).resolve().parents[2]


@cache
def figures_of() -> tuple[Series, ...]:
    """Every series of figures that the index and its modules use."""
    found = [*targets.measures(root()), *targets.denominators(root()), *targets.spend_lines(root())]
    return (*found, *targets.populations())


def has_decimals(series: Series) -> bool:
    """Whether the figures of a series carry decimals that mean something."""
    table = targets.seed_table(root(), series.seed)
    texts = [table.cell(row, series.column) for row in series.rows(table)]
    return any(re.search(r"\.\d*[1-9]", text) for text in texts)


def has_symbols(series: Series) -> bool:
    """Whether symbols or blanks stand among the figures of an edition of the index."""
    table = targets.seed_table(root(), series.seed)
    starts = set(series.starts(table))
    return any(
        not is_number(table.cell(row, series.column))
        for row in series.rows(table)
        if series.start_year(table.cell(row, series.period)) in starts
    )


def seeds_with_rows() -> list[Series]:
    """Every seed that holds more than its header, as a target of its own."""
    found = sorted(path for path in (root() / "seeds").glob("*/*.csv"))
    return [Series(path.stem, "") for path in found if len(read(path).rows) > 1]


@cache
def aimed_at(aims: str) -> tuple[Series, ...]:
    """The targets of a kind."""
    every = figures_of()
    beside = [one for one in every if any(o.seed == one.seed and o != one for o in every)]
    found: dict[str, Callable[[], list[Series]]] = {
        "figures": lambda: list(every),
        "any": lambda: list(every),
        "spend": lambda: targets.spend_lines(root()),
        "population": lambda: targets.populations()[:1],
        "percentages": lambda: [
            each for each in every if each.unit_kind == "percentage" and each.seed != "mhclg_homelessness"
        ],
        "decimals": lambda: [each for each in every if has_decimals(each)],
        "symbols": lambda: [each for each in every if has_symbols(each)],
        "margins": lambda: targets.margins(root()),
        "districts": lambda: [
            each
            for each in every
            if each.seed.startswith(("mhclg_h", "mhclg_n", "mhclg_v", "mhclg_r", "mhclg_aff", "defra_fly"))
            and each.seed not in ("mhclg_revenue_budget", "mhclg_revenue_outturn")
        ],
        "parts of a year": lambda: [each for each in every if each.period in ("month", "quarter_end")],
        "neighbouring columns": lambda: beside,
        "wide files": lambda: [each for each in beside if not each.where],
        "files": seeds_with_rows,
        "names": lambda: [Series(seed, "") for seed in NAMES],
        "measures": lambda: [Series("measures", "")],
        "goalposts": lambda: [Series("goalposts", "")],
        "deflator": lambda: [Series("hmt_gdp_deflator", "")],
        "neighbours": lambda: [
            Series(seed, "") for seed in ("ons_nearest_neighbours", "dfe_statistical_neighbours")
        ],
        "printed_codes": lambda: [Series("printed_codes", "")],
        "suspect_values": lambda: [Series("suspect_values", "")],
        "measure_gaps": lambda: [Series("measure_gaps", "")],
        "spend_lines": lambda: [Series("spend_lines", "")],
    }
    return tuple(found[aims]())
