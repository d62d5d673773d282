"""MHCLG English indices of deprivation, File 11: income deprivation of upper-tier councils."""

from __future__ import annotations

import re

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed, has_headers
from scripts.ingest.registers import GSS, Registers
from scripts.ingest.sheets import find_sheet
from scripts.ingest.table import read
from scripts.ingest.workbook import Book

SEED = "context/mhclg_deprivation"
#: Sheet, which is also the beginning of its headers, to the seed's column.
SHEETS = {
    "Income": "income_deprivation",
    "IDACI": "income_deprivation_children",
    "IDAOPI": "income_deprivation_older_people",
}
CODE_HEADER = "Upper Tier Local Authority District code (2019)"
#: The councils of the summaries.
DAY = "2019-04-01"


def _contract(sheet: str, column: str) -> Contract:
    return Contract(
        publication_id="mhclg_deprivation",
        seed=SEED,
        sheets=(sheet,),
        columns=(
            Column("gss_code", (CODE_HEADER,), kind="code"),
            Column("name", ("Upper Tier Local Authority District name (2019)",), kind="label"),
            Column(
                column,
                (f"{sheet} - Average score",),
                unit="share of people",
                low=0,
                high=1,
                median=(0.03, 0.4),
            ),
        ),
        key=("gss_code",),
        code_kind=GSS,
        is_wide=True,
    )


CONTRACTS = tuple(_contract(sheet, column) for sheet, column in SHEETS.items())


def claims(book: Book) -> bool:
    """A workbook with a sheet of income deprivation by upper-tier authority, of whatever year."""
    pattern = re.compile(r"upper tier local authority .*code")
    return any(
        has_headers(sheet, (f"{sheet.name} - Average score", f"{sheet.name} - Average rank"), at_least=1)
        and any(pattern.match(text.casefold()) for text in sheet.row(0))
        for sheet in book.sheets
        if sheet.height
    )


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """The three scores of income deprivation."""
    parts: list[Part] = []
    for contract, column in zip(CONTRACTS, SHEETS.values(), strict=True):
        table = read(contract, find_sheet(contract, book.sheets, book.name), registers, log)
        check_missing(table, registers.live(DAY), registers, log)
        parts += parts_of(table, ("printed_code",), (), (column,))
    return Reading("2019", "2019", parts)


READER = Reader(
    publication_id="mhclg_deprivation",
    name="mhclg_deprivation",
    version="1",
    seeds=(Seed(SEED),),
    claims=claims,
    read=read_book,
)
