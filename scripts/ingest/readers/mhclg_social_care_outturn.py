"""MHCLG revenue outturn of social care (RO3): gross and net expenditure by line and age, one file a year.

To 2023-24 the line stands in a merged cell over its seven columns, since 2024-25 in each header. The code
of the database, printed for every column, says which is which.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log
from scripts.ingest.parts import Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed
from scripts.ingest.readers.mhclg_revenue import (
    CLASS,
    CODE,
    NAME,
    ONS_CODE,
    OTHERS,
    TOP_ROWS,
    TOTALS,
    check_codes,
    edition_of,
    period_of,
)
from scripts.ingest.registers import E_CODE, Registers
from scripts.ingest.table import read
from scripts.ingest.workbook import Book, IngestError, Sheet, Value, normal

SEED = "spend/mhclg_social_care_outturn"
MOST = 1_500_000
GLA = "Greater London Authority, which provides no social care"
#: What is read of a line: the end of the item's name, the column's header, the end of the database's code.
BEFORE_INCOME = ("gross", "Total Expenditure (C3 = C1 + C2)", "tot-exp")
AFTER_INCOME = ("net", "Net Current Expenditure (C7 = C3 - C6)", "net-cur-exp")
DATABASE_CODE = re.compile(r"RO3-[a-z0-9]+-(tot-exp|net-cur-exp)")
#: Line to its title in the table and its part of the database's code: each by age, then the totals.
LINES = {
    "asc_physical_18_64": ("Physical support - adults (18-64)", "ascphyadl"),
    "asc_physical_65_plus": ("Physical support - older people (65+)", "ascphyold"),
    "asc_sensory_18_64": ("Sensory support - adults (18-64)", "ascsnsadl"),
    "asc_sensory_65_plus": ("Sensory support - older people (65+)", "ascsnsold"),
    "asc_memory_18_64": ("Support with memory and cognition - adults (18-64)", "ascmmradl"),
    "asc_memory_65_plus": ("Support with memory and cognition - older people (65+)", "ascmmrold"),
    "asc_learning_disability_18_64": ("Learning disability support - adults (18-64)", "asclrnadl"),
    "asc_learning_disability_65_plus": ("Learning disability support - older people (65+)", "asclrnold"),
    "asc_mental_health_18_64": ("Mental health support - adults (18-64)", "ascmntadl"),
    "asc_mental_health_65_plus": ("Mental health support - older people (65+)", "ascmntold"),
}
TOTALS_OF_SERVICES = {
    "csc_total": ("TOTAL CHILDREN SOCIAL CARE", "csctot"),
    "asc_total": ("TOTAL ADULT SOCIAL CARE", "asctot"),
}
#: Bounds of the median of a total, against a changed unit.
MEDIANS = {"csc_total": (5_000.0, 500_000.0), "asc_total": (8_000.0, 800_000.0)}


class Item(NamedTuple):
    """A column of the seed: its name, its header with the line in it, its code, bounds of its median."""

    name: str
    header: str
    code: str
    median: tuple[float, float] | None


def _items() -> list[Item]:
    of_lines = [(each, line) for each in (BEFORE_INCOME, AFTER_INCOME) for line in LINES.items()]
    of_totals = [(AFTER_INCOME, line) for line in TOTALS_OF_SERVICES.items()]
    return [
        Item(f"{name}_{end}", f"{title} - {column}", f"RO3-{part}-{code}", MEDIANS.get(name))
        for (end, column, code), (name, (title, part)) in of_lines + of_totals
    ]


ITEMS = _items()
COLUMNS_READ = ("Total Expenditure", "Net Current Expenditure")


def _contract() -> Contract:
    columns = [
        Column(item.name, (item.header,), unit="GBP thousand", low=-MOST, high=MOST, median=item.median)
        for item in ITEMS
    ]
    return Contract(
        publication_id="mhclg_social_care_outturn",
        seed=SEED,
        columns=(CODE, ONS_CODE, NAME, CLASS, *columns),
        key=("e_code",),
        code_kind=E_CODE,
        # No return in time, and no estimate where a return is incomplete.
        symbols=("[x]", "[n]"),
        other_codes={"Eng": "totals row", "[Y]": "totals row", "E-code": "headers again", "E5100": GLA},
        left_out={
            "authority_class": OTHERS | {"sd": "districts: they provide no social care"},
            "authority_name": TOTALS,
        },
        is_wide=True,
    )


CONTRACT = _contract()


def _header_row(sheet: Sheet) -> int:
    """Place of the row that begins with the authority's code; 0 without one."""
    rows = range(min(TOP_ROWS, sheet.height))
    return next((row for row in rows if normal(sheet.text(row, 0)) == normal(CODE.headers[0])), 0)


def _database_codes(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The row of codes of what is read, and the code of each column; empty without one."""
    for row in (*range(min(TOP_ROWS, sheet.height)), sheet.height - 1):
        found = {at: text for at, text in enumerate(sheet.row(row)) if DATABASE_CODE.fullmatch(text)}
        if found:
            return row, found
    return 0, {}


def claims(book: Book) -> bool:
    """A workbook whose columns have codes of the database that begin with RO3."""
    return any(_database_codes(sheet)[1] for sheet in book.sheets)


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One year's lines by age of every upper-tier council."""
    sheets = [sheet for sheet in book.sheets if _database_codes(sheet)[1] and _header_row(sheet)]
    if len(sheets) != 1:
        have = ", ".join(f"'{sheet.name}'" for sheet in book.sheets)
        raise IngestError(
            book.name, f"the sheets {have}", "one table of authorities with codes that begin RO3"
        )
    row, codes = _database_codes(sheets[0])
    sheet = _with_lines(sheets[0], without_last=row > _header_row(sheets[0]))
    period = period_of(sheet)
    table = read(CONTRACT, sheet, registers, log)
    check_codes(table, registers, log)
    check_missing(table, registers.live(f"{period[:4]}-04-01"), registers, log)
    for item in ITEMS:
        place = table.places[item.name]
        if codes.get(place) != item.code:
            log.errors.append(sheet.error(row, place, f"'{codes.get(place, '')}'", f"'{item.code}'"))
    values = [item.name for item in ITEMS]
    parts = parts_of(table, ("printed_code", "period"), ("period",), values, {"period": period})
    # In 2024-25 the day stands on the sheet for people only.
    edition = max((edition_of(each, period) for each in book.sheets), key=len)
    return Reading(edition, period, parts)


def _with_lines(sheet: Sheet, without_last: bool) -> Sheet:
    """The sheet with the line in each header: from the merged cell above, without notes and running numbers.

    The row of database codes, where it is the last, is no row of an authority.
    """
    header = _header_row(sheet)
    columns: list[list[Value]] = []
    line = ""
    for place, column in enumerate(sheet.columns):
        line = sheet.text(header - 1, place) or line
        text = " ".join(sheet.text(header, place).split())
        if line and text.startswith(COLUMNS_READ):
            text = f"{line} - {re.sub(r'[)][0-9]+$', ')', text)}"
        text = " ".join(re.sub(r"\[note \d+\]", "", text).split())
        columns.append([*column[:header], text, *column[header + 1 : -1 if without_last else None]])
    return replace(sheet, columns=columns)


READER = Reader(
    publication_id="mhclg_social_care_outturn",
    name="mhclg_social_care_outturn",
    version="1",
    seeds=(Seed(SEED, ("period",)),),
    claims=claims,
    read=read_book,
)
