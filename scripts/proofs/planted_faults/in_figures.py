"""Faults in figures: units and scales, single figures, symbols."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from scripts.proofs.planted_faults.drawing import (
    CannotPlantError,
    a_cell,
    a_council,
    an_edition,
    kind,
    numbers,
    of_code,
    slip,
    times,
)
from scripts.proofs.planted_faults.series import Series, is_number
from scripts.proofs.planted_faults.tables import Table


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


def symbols(table: Table, series: Series, chance: Random) -> list[int]:
    """Rows of an edition that hold a symbol in place of a number."""
    rows = series.rows(table, an_edition(table, series, chance))
    return [row for row in rows if not is_number(table.cell(row, series.column))]


@kind(
    "zero for a symbol",
    "distribution",
    "symbols",
    "A spreadsheet or a reader fills the suppressed cells with 0.",
)
def zero_for_symbol(table: Table, series: Series, chance: Random) -> Table:
    """Zeros in place of every symbol of an edition."""
    rows = symbols(table, series, chance)
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
    rows = symbols(table, series, chance)
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
