"""Faults in codes, periods and files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from scripts.proofs.planted_faults.drawing import (
    CODES_OF_ANOTHER_DAY,
    CannotPlantError,
    a_cell,
    a_council,
    an_edition,
    code_column,
    editions,
    figures_of,
    kind,
    of_code,
    values_by_code,
)
from scripts.proofs.planted_faults.in_tables import another
from scripts.proofs.planted_faults.series import Series
from scripts.proofs.planted_faults.tables import Table


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
    later = chance.choice([start for start in editions(table, series) if start > starts[0]])
    earlier = chance.choice([start for start in starts if start < later])
    before, after = values_by_code(table, series, earlier), values_by_code(table, series, later)
    for column in ("pop_0_17", "pop_18_64", "pop_65_plus", "pop_85_plus", "pop_all"):
        texts = {row: table.cell(before[key], column) for key, row in after.items() if key in before}
        table = table.with_cells(column, texts)
    return table


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
