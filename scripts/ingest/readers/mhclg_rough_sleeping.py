"""MHCLG, rough sleeping snapshot: one workbook with a column for each autumn.

All years stand on the codes of the latest one, so each edition gives all of them anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scripts.ingest.checks import check_missing, check_scale
from scripts.ingest.contract import Column, Contract, Log, Row
from scripts.ingest.parts import Reading, parts_by_period
from scripts.ingest.readers.base import Reader, Seed, days_beside, has_headers
from scripts.ingest.registers import ANY_GSS, Registers
from scripts.ingest.sheets import find_header, find_sheet, leave_out, with_periods, without_notes
from scripts.ingest.table import read
from scripts.ingest.totals import by_area, check_totals
from scripts.ingest.workbook import Book, Sheet

SEED = "outcomes/mhclg_rough_sleeping"
FIRST_YEAR = "2014"
HEADERS = ("Local authority ONS code", "Local authority", "Region", "Region ONS code")
TABLE = Contract(
    publication_id="mhclg_rough_sleeping",
    seed=SEED,
    sheets=("Table 1 Total",),
    columns=(
        Column("printed_code", HEADERS[:1], kind="code"),
        Column("name", HEADERS[1:2], kind="label"),
        # Read for the rows of England and regions.
        Column("region_code", HEADERS[3:4], kind="text", optional=True),
    ),
    key=("printed_code",),
    code_kind=ANY_GSS,
    not_read=HEADERS[2:3],
)
#: Half of the authorities count three people or fewer, so a median says little of a changed unit.
PEOPLE = Column("rough_sleepers", (), unit="people", low=0, high=1_000, is_whole=True)


def claims(book: Book) -> bool:
    """A workbook with the snapshot's table of totals, or most of its headers under a title of its own."""
    return any(
        has_headers(sheet, HEADERS, at_least=3) and "sleeping rough" in sheet.text(0, 0)
        for sheet in book.sheets
    )


def _area(texts: Mapping[str, str]) -> str:
    return "England or region" if texts["printed_code"] == texts["name"] == "---" else ""


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """Every autumn from 2014. Raises ``IngestError`` where the workbook cannot be read at all."""
    sheet = find_sheet(TABLE, book.sheets, book.name)
    updates = days_beside(sheet, "last update:")
    if not updates:
        raise sheet.error(0, 0, "no day of the last update", "'Last Update:' with a day below the table")
    contract = with_periods(TABLE, sheet, PEOPLE, r"\d{4}", FIRST_YEAR)
    areas: list[Row] = []
    sheet = leave_out(contract, without_notes(contract, sheet), _area, log, areas)
    table = read(contract, sheet, registers, log)
    parts = parts_by_period(table, "rough_sleepers")
    years = [part.block[0] for part in parts]
    _check_title(sheet, years[-1], log)
    last = f"{years[-1]}-{int(years[-1]) % 100 + 1:02}"
    is_complete = check_missing(table, registers.housing_in(last), registers, log)
    areas = [row._replace(code=row.texts.get("region_code", "")) for row in areas]
    check_totals(table, areas, by_area(table.rows, registers), years, log, is_complete=is_complete)
    totals = [
        [str(sum(int(text) for _, (text,) in part.rows.values() if text.isdecimal()))] for part in parts
    ]
    check_scale(
        ((("rough sleepers", year), total) for year, total in zip(years, totals, strict=True)), sheet, log, 4
    )
    return Reading(max(updates), f"{years[0]} to {years[-1]}", parts)


def _check_title(sheet: Sheet, last: str, log: Log) -> None:
    """The last year that the title names is that of the last column."""
    above = range(find_header(TABLE, sheet))
    named = [year for row in above for text in sheet.row(row) for year in re.findall(r"\b20\d\d\b", text)]
    if named and max(named) != last:
        log.errors.append(
            sheet.error(1, 0, f"a title up to {max(named)}", f"{last}, the year of the last column")
        )


READER = Reader(
    publication_id="mhclg_rough_sleeping",
    name="mhclg_rough_sleeping",
    version="1",
    seeds=(Seed(SEED, ("snapshot_year",)),),
    claims=claims,
    read=read_book,
)
