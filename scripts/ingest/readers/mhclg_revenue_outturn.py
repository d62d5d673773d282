"""MHCLG revenue outturn: net current expenditure by service block, one file a year.

To 2017-18 the summary (RS), since 2021-22 the service expenditure summary (RSX), which prints employees,
running expenses and income beside it.
"""

from __future__ import annotations

from dataclasses import replace

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed
from scripts.ingest.readers.mhclg_revenue import (
    CLASS,
    CODE,
    NAME,
    ONS_CODE,
    OTHERS,
    TOTALS,
    check_classes,
    check_codes,
    check_period,
    check_zeros,
    edition_of,
    period_of,
    table_of,
    tables,
)
from scripts.ingest.registers import E_CODE, Registers
from scripts.ingest.table import read
from scripts.ingest.totals import Slack
from scripts.ingest.workbook import Book

SEED = "spend/mhclg_revenue_outturn"
#: Both tiers of a county area provide housing, so that this block is kept of every authority.
HOUSING = "spend/mhclg_housing_outturn"
DISTRICT = "SD"
#: Since 2022-23 totals are estimates from the returns that are complete, up to 5 % below the rows printed.
WITH_ESTIMATES = Slack(above=0.06, below=0.06)
MOST = 1_500_000
#: In 2017-18 the sums of all columns stand beside the note on the source.
SUMS = "totals row"
OF_COLUMN_7 = "Net Current Expenditure (C7 = C3 - C6)"
#: Block to its title in the table, its part of the database's code, bounds of its median.
BLOCKS = {
    "children_social_care": ("Children Social Care", "csc", (5_000, 500_000)),
    "adult_social_care": ("Adult Social Care", "asc", (8_000, 800_000)),
    "public_health": ("Public Health", "phs", (1_500, 150_000)),
    "housing_gfra": ("Housing services (GFRA only)", "hous", (600, 60_000)),
    "environmental": ("Environmental and regulatory services", "env", (2_000, 200_000)),
}
#: What a row says of itself, by layout.
SAID = {
    "RS": {"blank_means": "not reported", "provenance": "official MHCLG/DCLG workbook"},
    "RSX": {"blank_means": "no return in this edition", "provenance": "official MHCLG workbook"},
}


def _columns(layout: str) -> tuple[Column, ...]:
    columns = []
    for name, (title, _, median) in BLOCKS.items():
        headers: tuple[str, ...] = (title,) if layout == "RS" else (f"{title} - {OF_COLUMN_7}",)
        if (layout, name) == ("RSX", "environmental"):
            # In 2021-22 this one is printed without its title: see `_check_database_codes`.
            headers += (OF_COLUMN_7,)
        columns.append(Column(name, headers, unit="GBP thousand", low=-MOST, high=MOST, median=median))
    return tuple(columns)


def _contract(layout: str, symbols: tuple[str, ...]) -> Contract:
    return Contract(
        publication_id="mhclg_revenue_outturn",
        seed=SEED,
        columns=(CODE, ONS_CODE, NAME, CLASS, *_columns(layout)),
        key=("e_code",),
        code_kind=E_CODE,
        symbols=symbols,
        other_codes={"Eng": "totals row", "[Y]": "totals row", "E-code": "headers again", "Source:*": SUMS},
        left_out={
            "authority_class": OTHERS | {"class": "headers again"},
            "authority_name": TOTALS,
            "children_social_care": {"rsx-csc-net-cur-exp": "codes of the database"},
        },
        is_wide=True,
    )


CONTRACTS = {"RS": _contract("RS", ("…", "[x]")), "RSX": _contract("RSX", ("...", "[x]"))}
HEADERS = {
    layout: ("E-code", "ONS Code", "Local authority", *(column.headers[0] for column in _columns(layout)))
    for layout in CONTRACTS
}


def claims(book: Book) -> bool:
    """A workbook with a table of at least two of the blocks."""
    return any(tables(book, headers, 5) for headers in HEADERS.values())


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One year's outturn."""
    layout = next(layout for layout, headers in HEADERS.items() if tables(book, headers, 5))
    sheet = table_of(book, tables(book, HEADERS[layout], 5))
    period = period_of(sheet)
    table = read(CONTRACTS[layout], sheet, registers, log)
    check_codes(table, registers, log)
    is_complete = check_missing(table, registers.live(f"{period[:4]}-04-01"), registers, log)
    check_classes(table, tuple(BLOCKS), log, WITH_ESTIMATES, is_complete)
    check_zeros(table, tuple(BLOCKS), log)
    check_period(book, sheet, period, log)
    _check_database_codes(table, log)
    said = SAID[layout]
    rows = [row._replace(texts=row.texts | said) for row in table.rows]
    table = replace(table, rows=rows, places=dict(table.places) | dict.fromkeys(said, table.code_place))
    upper = replace(table, rows=[row for row in rows if row.texts["authority_class"] != DISTRICT])
    key, constants = ("printed_code", "period"), {"period": period}
    parts = parts_of(upper, key, ("period",), (*BLOCKS, *said), constants)
    parts += parts_of(table, key, ("period",), ("housing_gfra",), constants, HOUSING)
    return Reading(edition_of(sheet, period), period, parts)


def _check_database_codes(table: Table, log: Log) -> None:
    """Where the table prints the database's code of a column, in a row above or below, it is the block's."""
    for name, (_, part, _) in BLOCKS.items():
        place, code = table.places.get(name, 0), f"RSX-{part}-net-cur-exp"
        for row in range(table.sheet.height):
            text = table.sheet.text(row, place)
            if text.startswith("RSX-") and text != code:
                log.errors.append(table.sheet.error(row, place, f"'{text}'", f"'{code}'"))


READER = Reader(
    publication_id="mhclg_revenue_outturn",
    name="mhclg_revenue_outturn",
    version="2",
    seeds=(Seed(SEED, ("period",)), Seed(HOUSING, ("period",))),
    claims=claims,
    read=read_book,
)
