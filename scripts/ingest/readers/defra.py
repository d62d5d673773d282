"""Defra: local authority collected waste (annual results tables) and fly-tipping.

The waste tables come as one workbook with all of them, or each as a csv. Districts in counties collect what
the county disposes of: the county's row holds their waste, so theirs stay out. How waste was managed is told
by who disposes of it: six joint authorities stand there in place of their boroughs, which have no row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from scripts.ingest.checks import check_copies, check_missing_parts, check_parts, check_scale
from scripts.ingest.contract import Column, Contract, Log, Row, Table
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed, days_beside, has_headers
from scripts.ingest.readers.defra_residual import check_residual
from scripts.ingest.registers import ANY_GSS, Registers
from scripts.ingest.sheets import find_sheet, leave_out, without_notes
from scripts.ingest.table import read
from scripts.ingest.totals import check_totals
from scripts.ingest.workbook import Book, IngestError, Sheet

WASTE, FLY_TIPPING = "outcomes/defra_waste", "outcomes/defra_fly_tipping"
FIRST_PERIOD = "2014-15"

PERIOD = Column("period", ("year", "Financial Year"), kind="text")
CODE = Column("printed_code", ("ons_code", "ONS Code"), kind="code")
NAME = Column("name", ("authority", "Local Authority"), kind="label")
waste_contract = partial(
    Contract,
    publication_id="defra_waste",
    seed=WASTE,
    key=("printed_code", "period"),
    code_kind=ANY_GSS,
    # Not available.
    symbols=(":",),
)
TONNAGES = waste_contract(
    sheets=("Table_1",),
    columns=(
        PERIOD,
        CODE,
        NAME,
        Column(
            "household_recycled_tonnes",
            ("Household - waste sent for recycling-composting-reuse (tonnes)",),
            unit="tonnes",
            low=0,
            high=1_000_000,
            median=(10_000, 150_000),
        ),
        Column(
            "household_tonnes",
            ("Household - total waste (tonnes)",),
            unit="tonnes",
            low=0,
            high=2_000_000,
            median=(30_000, 300_000),
        ),
        Column(
            "household_dry_recycled_tonnes",
            ("Household dry recycling-reuse (tonnes)",),
            unit="tonnes",
            low=0,
            high=600_000,
            median=(5_000, 80_000),
        ),
        # Stock carried over from another year is negative.
        Column(
            "household_rejects_tonnes",
            (
                'Household - estimated rejects (tonnes) - See "Notes" sheet '
                "for detail on rejects calculation.",
            ),
            unit="tonnes",
            low=-10_000,
            high=100_000,
            median=(200, 10_000),
        ),
    ),
    not_read=(
        "Region",
        "JPP order",
        "authority_type",
        "Authority type",
        "Total local*",
        "Household - *",
        "Household green*",
        "Non-household*",
        "Local authority collected*",
    ),
)
RATES = waste_contract(
    sheets=("Table_3",),
    columns=(
        PERIOD,
        CODE,
        NAME,
        Column(
            "recycling_rate",
            ("Percentage of household waste sent for reuse, recycling or composting (Ex NI192)",),
            unit="a fraction, 0 to 1",
            low=0,
            high=1,
            median=(0.1, 0.9),
        ),
        Column(
            "residual_kg_per_household",
            ("Residual household waste per household (kg/household) (Ex NI191)",),
            unit="kg",
            low=0,
            high=3_000,
            median=(200, 1_500),
        ),
        Column(
            "household_waste_kg_per_person",
            ("Collected household waste per person (kg) (Ex BVPI 84a)",),
            unit="kg",
            low=0,
            high=3_000,
            median=(150, 1_000),
        ),
    ),
    not_read=("Region", "JPP order", "authority_type", "Authority type", "Percentage of municipal waste*"),
)
MANAGEMENT = waste_contract(
    sheets=("Table_2",),
    columns=(
        PERIOD,
        CODE,
        NAME,
        Column(
            "landfilled_tonnes",
            ("Landfilled",),
            unit="tonnes",
            low=0,
            high=1_000_000,
            median=(1_000, 80_000),
        ),
        Column(
            "managed_tonnes",
            ("Total2",),
            unit="tonnes",
            low=0,
            high=2_500_000,
            median=(40_000, 400_000),
        ),
    ),
    not_read=(
        "Region",
        "Geographical Code",
        "JPP order",
        "authority_type",
        "Authority type",
        "Incineration with*",
        "Recycled- Composted",
        "Other*",
        "Input to intermediate plants*",
    ),
)
PARTS = (
    ("household_recycled_tonnes", "household_tonnes"),
    ("household_dry_recycled_tonnes", "household_recycled_tonnes"),
    ("landfilled_tonnes", "managed_tonnes"),
)
#: By which table 2 is known, beside its columns.
MANAGEMENT_HEADERS = ("Incineration with EfW", "Recycled- Composted")
WASTE_TABLES = (TONNAGES, MANAGEMENT, RATES)
#: Beside the authorities of the seed.
OTHER_AREAS = {
    "E07": "district in a county, whose row holds its waste",
    "E50": "joint waste authority",
    "Tot": "total of England or a region",
    "*To": "total of England or a region",
}

TIPPED_CODE, TIPPED_NAME = (
    Column("printed_code", ("ONS Code",), kind="code"),
    Column("name", ("LA Name",), kind="label"),
)
fly_tipping_contract = partial(
    Contract,
    publication_id="defra_fly_tipping",
    seed=FLY_TIPPING,
    key=("printed_code", "period"),
    code_kind=ANY_GSS,
    # Not available.
    symbols=(":",),
)
INCIDENTS = fly_tipping_contract(
    sheets=("LA_incidents",),
    columns=(
        PERIOD,
        TIPPED_CODE,
        TIPPED_NAME,
        Column(
            "incidents",
            ("Total Incidents",),
            unit="incidents",
            low=0,
            high=200_000,
            median=(300, 10_000),
            is_whole=True,
        ),
        Column("reporting_basis", ("Reporting basis",), kind="text"),
    ),
    not_read=(
        "Region",
        "* Incidents",
        "*Costs (£)",
        "Mid population estimates",
        "Incidents per 1,000 people",
    ),
)
ACTIONS = fly_tipping_contract(
    sheets=("LA_actions",),
    columns=(
        PERIOD,
        TIPPED_CODE,
        TIPPED_NAME,
        Column(
            "actions",
            ("Total Actions",),
            unit="actions",
            low=0,
            high=300_000,
            median=(100, 10_000),
            is_whole=True,
        ),
    ),
    not_read=(
        "Region",
        "* Actions",
        "*Cost*(£)",
        "Fixed Penalty*",
        "Littering Fixed*",
        "All Other Fixed*",
        "Vehicles seized",
        "*Outcomes*",
        "*fines*",
    ),
)


def _headers(contract: Contract) -> list[str]:
    """Headers that other tables do not have: not those of the period, the code and the name."""
    beside = MANAGEMENT_HEADERS if contract is MANAGEMENT else ()
    return [column.headers[0] for column in contract.columns[3:]] + list(beside)


def _has_table(sheet: Sheet, contract: Contract) -> bool:
    """Whether it has the table's figures, one header of them perhaps renamed."""
    headers = _headers(contract)
    return has_headers(sheet, headers, at_least=max(1, len(headers) - 1))


def _waste_tables(book: Book) -> list[tuple[Contract, Sheet]]:
    """The tables of the seed in a workbook of all of them, or the one in a csv."""
    if len(book.sheets) == 1:
        return [(table, book.sheets[0]) for table in WASTE_TABLES if _has_table(book.sheets[0], table)]
    return [(table, find_sheet(table, book.sheets, book.name)) for table in WASTE_TABLES]


def claims_waste(book: Book) -> bool:
    """A csv of table 1, 2 or 3, or a workbook that has one of them."""
    return any(_has_table(sheet, table) for sheet in book.sheets for table in WASTE_TABLES)


def claims_fly_tipping(book: Book) -> bool:
    """A workbook with a table of incidents and one of actions, or one of them."""
    return any(
        has_headers(sheet, ("ONS Code", "LA Name", *_headers(table)), at_least=3)
        for sheet in book.sheets
        for table in (INCIDENTS, ACTIONS)
    )


def _early(texts: Mapping[str, str]) -> str:
    return f"before {FIRST_PERIOD}" if texts["period"] < FIRST_PERIOD else ""


def _elsewhere(texts: Mapping[str, str]) -> str:
    return _early(texts) or OTHER_AREAS.get(texts["printed_code"][:3], "")


def _managed_elsewhere(joint: Collection[str]) -> Callable[[Mapping[str, str]], str]:
    """``_elsewhere`` of table 2, in which joint authorities that the register knows stay."""
    return lambda texts: "" if texts["printed_code"] in joint and not _early(texts) else _elsewhere(texts)


def _tipped_elsewhere(texts: Mapping[str, str]) -> str:
    return _early(texts) or ("total of England or a region" if texts["printed_code"] == "*Total" else "")


def _read_periods(
    contract: Contract,
    sheet: Sheet,
    reason_of: Callable[[Mapping[str, str]], str],
    expected: Callable[[str], set[str]],
    registers: Registers,
    log: Log,
) -> list[Part]:
    """Parts by period of a long table whose figures follow period, code and name in its contract."""
    others: list[Row] = []
    sheet = leave_out(contract, without_notes(contract, sheet), reason_of, log, others)
    table = read(contract, sheet, registers, log)
    _check_figures(table, others, log)
    values = [column.name for column in contract.columns[3:]]
    parts = parts_of(table, contract.key, ("period",), values)
    check_missing_parts(parts, expected, table, log)
    for place, column in enumerate(contract.columns[3:]):
        if column.kind == "number":
            series = [
                ((column.name, part.block[0]), [texts[place] for _, texts in part.rows.values()])
                for part in parts
            ]
            check_scale(series, sheet, log, 3)
    check_copies(parts, sheet, log)
    return parts


def _check_figures(table: Table, others: Sequence[Row], log: Log) -> None:
    """Parts within their wholes, waste per household against waste per person, rows against England's."""
    check_parts(table, PARTS, log)
    contract = table.contract
    if contract is RATES:
        check_residual(table, log)
    elif contract is not TONNAGES:
        # Table 1 prints no totals.
        totals = [
            row for row in others if "england" in row.texts["name"].casefold() and not _early(row.texts)
        ]
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in (*table.rows, *others):
            if row.code.startswith("E"):
                rows[row.texts["period"]].append(row)
        numbers = [column.name for column in contract.columns if column.kind == "number"]
        check_totals(table, totals, lambda total: rows.get(total.texts["period"]), numbers, log)


def read_waste(book: Book, registers: Registers, log: Log) -> Reading:
    """Tables 1 to 3, from 2014-15. The file does not say when it was released: its latest period does."""
    joint = registers.joint.get("defra_waste", {})

    def collecting(period: str) -> set[str]:
        return registers.live(f"{period[:4]}-04-01")

    def disposing(period: str) -> set[str]:
        return {joint.get(code, code) for code in collecting(period)}

    parts: list[Part] = []
    for contract, sheet in _waste_tables(book):
        if contract is MANAGEMENT:
            elsewhere = _managed_elsewhere(set(joint.values()))
            parts += _read_periods(contract, sheet, elsewhere, disposing, registers, log)
        else:
            parts += _read_periods(contract, sheet, _elsewhere, collecting, registers, log)
    periods = sorted({part.block[0] for part in parts})
    return Reading(periods[-1], f"{periods[0]} to {periods[-1]}", parts)


def read_fly_tipping(book: Book, registers: Registers, log: Log) -> Reading:
    """Incidents and actions, from 2014-15; the edition is the latest day of release."""
    days = [day for sheet in book.sheets for day in days_beside(sheet, "release date:")]
    if not days:
        raise IngestError(book.name, "no day of release", "'Release Date:' with a day")
    parts: list[Part] = []
    for contract in (INCIDENTS, ACTIONS):
        sheet = find_sheet(contract, book.sheets, book.name)
        parts += _read_periods(contract, sheet, _tipped_elsewhere, registers.housing_in, registers, log)
    periods = sorted({part.block[0] for part in parts})
    return Reading(max(days), f"{periods[0]} to {periods[-1]}", parts)


READERS = (
    Reader("defra_waste", "defra_waste", "2", (Seed(WASTE, ("period",)),), claims_waste, read_waste),
    Reader(
        "defra_fly_tipping",
        "defra_fly_tipping",
        "1",
        (Seed(FLY_TIPPING, ("period",)),),
        claims_fly_tipping,
        read_fly_tipping,
    ),
)
