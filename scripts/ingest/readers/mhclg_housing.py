"""MHCLG, live tables: net additional dwellings (122), vacants (615), affordable completions (1011).

122 has a column for each year; 615 and 1011 are its sheets stacked into one long table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from scripts.ingest.checks import (
    check_copies,
    check_kinds,
    check_missing,
    check_missing_parts,
    check_scale,
    check_texts,
)
from scripts.ingest.contract import Column, Contract, Log, Row
from scripts.ingest.parts import Part, Reading, parts_by_period, parts_of
from scripts.ingest.readers.base import Reader, Seed, has_headers
from scripts.ingest.registers import ANY_GSS, ENGLAND, Registers
from scripts.ingest.sheets import find_sheet, leave_out, with_periods, without_notes
from scripts.ingest.table import read
from scripts.ingest.totals import Slack, by_area, check_totals
from scripts.ingest.workbook import Book

NET, VACANT, COMPLETED = (
    "outcomes/mhclg_net_additional_dwellings",
    "outcomes/mhclg_vacant_dwellings",
    "outcomes/mhclg_affordable_completions",
)
FIRST_PERIOD, FIRST_YEAR = "2014-15", "2014"
PERIOD = r"\d{4}-\d{2}"
#: Dwellings of regions and England are off by up to nine from those of their authorities.
FEW_OFF = Slack(rounding=15)
#: Printed beside authorities: counties and areas that are none.
AREAS = {
    "E10": "county, whose districts are printed",
    "E11": "metropolitan county",
    "E12": "region of England",
    "E13": "inner or outer London",
    "E92": "England",
}

NET_TABLE = Contract(
    publication_id="mhclg_net_additional_dwellings",
    seed=NET,
    columns=(
        Column("printed_code", ("Current ONS code",), kind="code"),
        Column("name", ("Authority data",), kind="label"),
    ),
    key=("printed_code",),
    code_kind=ANY_GSS,
    not_read=("DCLG code", "Former ONS code"),
)
# A city's year may be 5,000, a year of demolition below 0. The authority did not exist: [x].
DWELLINGS_ADDED = Column(
    "net_additional_dwellings",
    (),
    unit="dwellings",
    low=-2_000,
    high=10_000,
    median=(50, 3_000),
    is_whole=True,
    symbols=("[x]",),
)

#: Measure of table 615 to the seed's column, the largest figure of an authority and bounds of the median.
VACANT_VALUES = {
    "Dwellings": ("dwellings", 600_000, (10_000, 300_000)),
    "LongTermVacants": ("long_term_vacants", 20_000, (50, 5_000)),
}
VACANT_NOT_USED = {"AllVacants", "HouseholdProjection"}
VACANT_CODE = Column("printed_code", ("geography_code",), kind="code")
vacant_contract = partial(
    Contract,
    publication_id="mhclg_vacant_dwellings",
    seed=VACANT,
    key=("printed_code", "measure", "year"),
    code_kind=ANY_GSS,
)
MEASURE, YEAR = Column("measure", ("Measure",), kind="text"), Column("year", ("date",), kind="text")
AREA = Column("name", ("geography_name",), kind="label")
VACANT_TABLES = {
    measure: vacant_contract(
        columns=(
            VACANT_CODE,
            AREA,
            MEASURE,
            YEAR,
            Column(column, ("Value",), unit="dwellings", low=0, high=high, median=median, is_whole=True),
        ),
        wanted={"measure": frozenset({measure})},
    )
    for measure, (column, high, median) in VACANT_VALUES.items()
}

TENURES = {
    "Affordable Home Ownership",
    "Affordable Rent",
    "First Homes",
    "Intermediate Rent",
    "London Affordable Rent",
    "Shared Ownership",
    "Social Rent",
    "Unknown",
}
COMPLETED_TABLE = Contract(
    publication_id="mhclg_affordable_completions",
    seed=COMPLETED,
    columns=(
        VACANT_CODE,
        AREA,
        Column("period", ("date",), kind="text"),
        Column("tenure", ("Measure",), kind="text"),
        Column("completions", ("value",), unit="homes", low=0, high=5_000, median=(4, 200), is_whole=True),
    ),
    key=("printed_code", "period", "tenure"),
    code_kind=ANY_GSS,
    # An absent row means that none were completed.
    may_be_missing=30,
)
LONG_HEADERS = ("geography_code", "geography_name", "date", "Measure", "value")


def _is_long_table(book: Book, period: str) -> bool:
    """A stacked live table, or most of one, whose periods are of one kind."""
    (sheet, *others) = book.sheets
    if others or not has_headers(sheet, LONG_HEADERS, at_least=4, rows=1):
        return False
    return any(re.fullmatch(period, text) for text in sheet.row(1))


def claims_net(book: Book) -> bool:
    """A table with the headers of live table 122, or most of them."""
    headers = ("DCLG code", "Former ONS code", "Current ONS code", "Authority data")
    return any(has_headers(sheet, headers, at_least=3) for sheet in book.sheets)


def claims_vacant(book: Book) -> bool:
    """A stacked table by measure and year."""
    return _is_long_table(book, r"(19|20)\d{2}") and not _is_long_table(book, PERIOD)


def claims_completed(book: Book) -> bool:
    """A stacked table by tenure and financial year."""
    return _is_long_table(book, PERIOD)


def read_net(book: Book, registers: Registers, log: Log) -> Reading:
    """Live table 122, from 2014-15: authorities that were abolished before are left out."""
    sheet = find_sheet(NET_TABLE, book.sheets, book.name)
    contract = with_periods(NET_TABLE, sheet, DWELLINGS_ADDED, PERIOD, FIRST_PERIOD)
    periods = [column.name for column in contract.columns if column.kind == "number"]

    def without_figures(texts: Mapping[str, str]) -> str:
        is_gone = all(texts[period] == "[x]" for period in periods)
        return f"no figure in any year since {FIRST_PERIOD}" if is_gone else ""

    sheet = leave_out(contract, without_notes(contract, sheet), without_figures, log)
    table = read(contract, sheet, registers, log)
    check_missing(table, registers.housing_in(periods[-1]), registers, log)
    parts = parts_by_period(table, "net_additional_dwellings")
    check_copies(parts, sheet, log)
    return Reading(periods[-1], f"{periods[0]} to {periods[-1]}", parts)


def read_vacant(book: Book, registers: Registers, log: Log) -> Reading:
    """Live table 615, from 2014: dwellings and those empty for six months or more."""

    def elsewhere(texts: Mapping[str, str]) -> str:
        area = AREAS.get(texts["printed_code"][:3], "")
        early = f"before {FIRST_YEAR}" if texts["year"] < FIRST_YEAR else ""
        other = "measure that is not used" if texts["measure"] in VACANT_NOT_USED else ""
        return early or other or area

    contract = VACANT_TABLES["Dwellings"]
    others: list[Row] = []
    sheet = leave_out(contract, find_sheet(contract, book.sheets, book.name), elsewhere, log, others)
    # Counties print their districts of before a merger too.
    areas = [row for row in others if row.code[:3] in ("E12", "E92") and row.texts["year"] >= FIRST_YEAR]
    check_texts(contract, sheet, "measure", set(VACANT_VALUES) | VACANT_NOT_USED, log)
    parts: list[Part] = []
    for measure, contract in VACANT_TABLES.items():
        column = VACANT_VALUES[measure][0]
        table = read(contract, sheet, registers, log)
        for row in table.rows:
            if row.texts["printed_code"] != row.code:
                log.notices[f"code {row.texts['printed_code']} is a misprint for {row.code}"] += 1
        totals = [
            row._replace(texts=row.texts | {column: row.texts["dwellings"]})
            for row in areas
            if row.texts["measure"] == measure
        ]
        check_totals(table, totals, by_area(table.rows, registers, "year"), (column,), log, FEW_OFF)
        of_years = parts_of(table, ("printed_code", "year"), ("year",), (column,))
        years = [part.block[0] for part in of_years]

        # Many councils that were merged stand on their new code in every year, others on the old ones.
        def lasting(year: str, last: str = years[-1]) -> set[str]:
            return registers.housing_in(_edition(year)) & registers.housing_in(_edition(last))

        check_missing_parts(of_years, lasting, table, log)
        check_scale(_series(measure, of_years), sheet, log, 3)
        check_copies(of_years, sheet, log)
        parts += of_years
    return Reading(years[-1], f"{years[0]} to {years[-1]}", parts)


def read_completed(book: Book, registers: Registers, log: Log) -> Reading:
    """Live table 1011, from 2014-15, by tenure."""

    def elsewhere(texts: Mapping[str, str]) -> str:
        early = f"before {FIRST_PERIOD}" if texts["period"] < FIRST_PERIOD else ""
        return early or AREAS.get(texts["printed_code"][:3], "")

    contract = COMPLETED_TABLE
    others: list[Row] = []
    sheet = leave_out(contract, find_sheet(contract, book.sheets, book.name), elsewhere, log, others)
    check_texts(contract, sheet, "tenure", TENURES, log)
    table = read(contract, sheet, registers, log)
    by_tenure: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows:
        by_tenure[row.texts["period"], row.texts["tenure"]].append(row)
    of_england = [row for row in others if row.code == ENGLAND and row.texts["period"] >= FIRST_PERIOD]

    def of_tenure(total: Row) -> list[Row] | None:
        return by_tenure.get((total.texts["period"], total.texts["tenure"]))

    check_totals(table, of_england, of_tenure, ("completions",), log)
    parts = parts_of(table, contract.key, ("period",), ("completions",))
    periods = [part.block[0] for part in parts]
    latest = registers.housing_in(periods[-1])
    check_missing_parts(parts, lambda _: latest, table, log)
    check_scale(_series("completions", parts), sheet, log, 3)
    check_copies(parts, sheet, log)
    check_kinds(parts, sheet, log)
    return Reading(periods[-1], f"{periods[0]} to {periods[-1]}", parts)


def _edition(year: str) -> str:
    return f"{year}-{(int(year) + 1) % 100:02}"


def _series(item: str, parts: list[Part]) -> list[tuple[tuple[str, str], list[str]]]:
    return [((item, part.block[-1]), [texts[0] for _, texts in part.rows.values()]) for part in parts]


READERS = (
    Reader(
        "mhclg_net_additional_dwellings",
        "mhclg_net_additional_dwellings",
        "1",
        (Seed(NET, ("period",)),),
        claims_net,
        read_net,
    ),
    Reader(
        "mhclg_vacant_dwellings",
        "mhclg_vacant_dwellings",
        "1",
        (Seed(VACANT, ("year",)),),
        claims_vacant,
        read_vacant,
    ),
    Reader(
        "mhclg_affordable_completions",
        "mhclg_affordable_completions",
        "1",
        (Seed(COMPLETED, ("period",)),),
        claims_completed,
        read_completed,
    ),
)
