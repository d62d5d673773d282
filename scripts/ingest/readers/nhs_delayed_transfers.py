"""NHS England, delayed transfers of care: one workbook a month, delayed days by local authority.

Until June 2015 councils are printed under social services numbers only; later workbooks print these beside
ONS codes. The number of each council is in ``codes/social_services.csv``, taken from the workbooks that print
both; where an ONS code is printed it goes into the seed, and has to agree with the number.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import partial

from scripts.ingest.checks import check_missing, check_sums
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed
from scripts.ingest.registers import SOCIAL_SERVICES, Registers
from scripts.ingest.sheets import find_sheet
from scripts.ingest.table import read
from scripts.ingest.totals import Slack, check_totals
from scripts.ingest.workbook import Book, IngestError, Sheet, normal

SEED = "outcomes/nhs_delayed_transfers"
#: Figures of earlier months belong to no edition of the index.
FIRST_MONTH = "2014-04"
#: The Isles of Scilly are not in the collection: Cornwall reports for them.
NEVER_PRINTED = {"E06000053"}
MAX_DAYS = 20_000
ENGLAND = "E92000001"
#: England counts people who live elsewhere in Great Britain too.
WITH_ELSEWHERE = Slack(above=0.03)
#: Columns whose headers could be exchanged unseen. In England the first has been at least 1.4, 2.9 and 4
#: times the second in every month, so that one far below it is the other.
LARGER = (
    ("days_nhs", "days_social_care", 0.8),
    ("days_social_care", "days_both", 0.5),
    ("awaiting_home_care_package", "awaiting_equipment", 0.5),
)


def _days(name: str, *headers: str, group: str = "", optional: bool = False) -> Column:
    return Column(
        name,
        headers,
        group=group,
        unit="days in the month",
        low=0,
        high=MAX_DAYS,
        is_whole=True,
        optional=optional,
    )


def _total(name: str) -> Column:
    return Column(
        name,
        ("Total",),
        group="Delayed Days",
        unit="days in the month",
        low=0,
        high=MAX_DAYS,
        median=(200, 5_000),
        is_whole=True,
    )


ONS_CODE = Column("ons_code", ("ONS Geography",), kind="text", optional=True)
CODE = Column("printed_code", ("Code",), kind="code")
NAME = Column("name", ("Name",), kind="label")
days_contract = partial(
    Contract,
    publication_id="nhs_delayed_transfers",
    seed=SEED,
    key=("printed_code",),
    code_kind=SOCIAL_SERVICES,
    not_read=("SHA", "Region"),
    # A council that reports nothing is printed with dashes.
    symbols=("-",),
    areas={"England": ENGLAND},
    other_codes={
        "9900": "resident in Wales",
        "9901": "resident in Scotland",
        "9902": "resident outside Great Britain",
        "9903": "resident in Northern Ireland",
    },
)
BY_RESPONSIBLE = days_contract(
    sheets=("LA - by responsible org",),
    columns=(
        ONS_CODE,
        CODE,
        NAME,
        _days("days_nhs", "NHS", group="Delayed Days"),
        _days("days_social_care", "Social Care", group="Delayed Days"),
        _days("days_both", "Both", group="Delayed Days"),
        _total("days_total"),
    ),
)
BY_REASON = days_contract(
    sheets=("LA - by reason",),
    columns=(
        ONS_CODE,
        CODE,
        NAME,
        _days("awaiting_assessment", "A) Awaiting completion of assessment", "A) Completion of assessment"),
        _days("awaiting_public_funding", "B) Awaiting public funding", "B) Public funding"),
        _days(
            "awaiting_nhs_non_acute",
            "C) Awaiting further non-acute NHS care",
            "C) Waiting further NHS non-acute care",
        ),
        _days("awaiting_residential_home", "Di) Awaiting residential home placement or availability"),
        _days("awaiting_nursing_home", "Dii) Awaiting nursing home placement or availability"),
        _days(
            "awaiting_home_care_package",
            "E) Awaiting care package in own home",
        ),
        _days(
            "awaiting_equipment",
            "F) Awaiting community equipment and adaptations",
            "F) Awaiting community equipment and adaptions",
        ),
        _days("patient_or_family_choice", "G) Patient or family choice"),
        _days("disputes", "H) Disputes"),
        _days(
            "housing",
            "I) Housing - patients not covered by Care Act",
            "I) Housing - patients not covered by NHS and Community Care Act",
        ),
        # Since April 2017.
        _days("other", "O) Other", optional=True),
        _total("reasons_total"),
    ),
)
VALUES = tuple(
    column.name
    for contract in (BY_RESPONSIBLE, BY_REASON)
    for column in contract.columns
    if column.kind == "number" and column.name != "reasons_total"
)


def claims(book: Book) -> bool:
    """A workbook with a sheet of delayed days by local authority."""
    return any(book.sheet(*contract.sheets) for contract in (BY_RESPONSIBLE, BY_REASON))


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One month. Raises ``IngestError`` where the workbook cannot be read at all."""
    tables = []
    for contract in (BY_RESPONSIBLE, BY_REASON):
        sheet = find_sheet(contract, book.sheets, book.name)
        table = _with_ons_codes(read(contract, sheet, registers, log), registers, log)
        tables.append((sheet, table))
    months = {_month(sheet) for sheet, _ in tables}
    if len(months) != 1:
        raise IngestError(book.name, f"sheets for {' and '.join(sorted(months))}", "one month")
    (month,) = months
    expected = registers.live(f"{month}-01") - NEVER_PRINTED
    parts: list[Part] = []
    for _, table in tables:
        _check_figures(table, log, check_missing(table, expected, registers, log))
        parts += parts_of(table, ("printed_code", "month"), ("month",), VALUES, {"month": month})
    totals = [
        {row.code: (row, row.texts[name]) for row in table.rows}
        for (_, table), name in zip(tables, ("days_total", "reasons_total"), strict=True)
    ]
    for code in sorted(totals[0].keys() | totals[1].keys()):
        by_responsible, by_reason = (total.get(code, (None, "no row"))[1] for total in totals)
        if by_responsible != by_reason:
            sheet, table = tables[0 if code in totals[0] else 1]
            row = (totals[0].get(code) or totals[1][code])[0]
            found = f"{by_responsible} days by responsible organisation and {by_reason} by reason"
            place = table.places["days_total" if "days_total" in table.places else "reasons_total"]
            log.errors.append(sheet.error(row.number, place, found, "the same total in both sheets"))
    if month < FIRST_MONTH:
        log.left_out["month before April 2014"] += sum(len(part.rows) for part in parts)
        parts = []
    return Reading(_edition(tables[0][0]), month, parts)


def _check_figures(table: Table, log: Log, is_complete: bool) -> None:
    """Parts add up to the total, councils to England, and columns that could be exchanged are told apart."""
    numbers = [column.name for column in table.contract.columns if column.kind == "number"]
    *parts, total = numbers
    check_sums(table, parts, total, log)
    councils = [row for row in table.rows if row.code != ENGLAND]
    of_england = [row for row in table.rows if row.code == ENGLAND]
    check_totals(table, of_england, lambda _: councils, numbers, log, WITH_ELSEWHERE, is_complete)
    for row in of_england:
        for larger, smaller, least in LARGER:
            texts = row.texts.get(larger, ""), row.texts.get(smaller, "")
            if all(text.isdecimal() for text in texts) and int(texts[0]) < least * int(texts[1]):
                expected = f"more than the {texts[1]} of '{smaller}' in England, as in every month held"
                found = f"{texts[0]} days of '{larger}'"
                log.errors.append(table.sheet.error(row.number, table.places[larger], found, expected))


def _with_ons_codes(table: Table, registers: Registers, log: Log) -> Table:
    """Rows under the ONS code where one is printed: that of the number's council, or of its successor.

    Dorset keeps its number in 2019 and gets its new ONS code a month late.
    """
    rows = []
    for row in table.rows:
        ons_code = row.texts.get("ons_code", "")
        if ons_code in ("", "-", row.code):
            rows.append(row)
        elif ons_code in registers.successors.get(row.code, ()):
            log.notices[f"{ons_code} printed for {row.code} and number {row.texts['printed_code']}"] += 1
            rows.append(row._replace(code=ons_code))
        else:
            expected = f"{row.code}, which goes with {row.texts['printed_code']}, or its successor"
            place = table.places["ons_code"]
            log.errors.append(table.sheet.error(row.number, place, f"'{ons_code}'", expected))
    return replace(table, rows=rows)


def _beside(sheet: Sheet, label: str) -> tuple[int, int, str]:
    """Place and text of the first cell with text after a label."""
    for row in range(min(BY_REASON.searched_rows, sheet.height)):
        texts = sheet.row(row)
        for place, text in enumerate(texts):
            if normal(text) == label:
                after = next((later for later in texts[place + 1 :] if later), "")
                return row, place + 1, after
    raise sheet.error(0, 0, f"no '{label}'", f"'{label}' above the table")


def _month(sheet: Sheet) -> str:
    row, place, text = _beside(sheet, "period:")
    try:
        return datetime.datetime.strptime(text, "%B %Y").strftime("%Y-%m")
    except ValueError:
        raise sheet.error(row, place, f"'{text}'", "a month, as April 2018") from None


def _edition(sheet: Sheet) -> str:
    """Day it was revised last, or else published; a day is printed as ``24th April 2015``."""
    for label in ("revised:", "published:"):
        row, place, text = _beside(sheet, label)
        if text in ("", "-", "N/A"):
            continue
        try:
            day = datetime.datetime.strptime(re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text), "%d %B %Y")
        except ValueError:
            try:
                day = datetime.datetime.fromisoformat(text)
            except ValueError:
                raise sheet.error(row, place, f"'{text}'", "a day, as 24th April 2015") from None
        return day.date().isoformat()
    raise sheet.error(0, 0, "no day of publication or revision", "'Published:' or 'Revised:' with a day")


READER = Reader(
    publication_id="nhs_delayed_transfers",
    name="nhs_delayed_transfers",
    version="1",
    seeds=(Seed(SEED, ("month",)),),
    claims=claims,
    read=read_book,
)
