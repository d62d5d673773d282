"""MHCLG, statutory homelessness (H-CLIC): one workbook a quarter, detailed tables by local authority.

The tables have headers on several rows, under groups that are merged cells, at times below rows of names that
the publisher's own tools left behind. ``with_one_header`` turns them into a sheet with one row of headers.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from functools import partial

from scripts.ingest.checks import check_missing, check_parts
from scripts.ingest.contract import Column, Contract, Log
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed, day_in, days_beside
from scripts.ingest.registers import ANY_GSS, Registers
from scripts.ingest.sheets import without_notes
from scripts.ingest.table import read
from scripts.ingest.totals import Slack, by_area, check_totals
from scripts.ingest.workbook import Book, IngestError, Sheet

SEED = "outcomes/mhclg_homelessness"
ENGLAND = "E92000001"
CODE_HEADER, NAME_HEADER = "ONS code", "Authority"
QUARTERS = {"March": "03", "June": "06", "September": "09", "December": "12"}
FOOTNOTES = re.compile(r"(?<=[A-Za-z)])\d(?:,\d)*(?=\s|$)")
REGIONS = {f"E1200000{number}": "region of England" for number in range(1, 10)}
SECURED = "Secured accommodation for 6+ months"


def _households(name: str, *headers: str, median: tuple[float, float]) -> Column:
    return Column(name, headers, unit="households", low=0, high=20_000, median=median, is_whole=True)


sheet_contract = partial(
    Contract,
    publication_id="mhclg_homelessness",
    seed=SEED,
    key=("printed_code",),
    code_kind=ANY_GSS,
    other_codes=REGIONS | {ENGLAND: "England"},
    # No data, or data that cannot be used, came from the authority.
    symbols=("..",),
    may_be_missing=3,
)
CODE = Column("printed_code", (CODE_HEADER,), kind="code")
NAME = Column("name", (NAME_HEADER,), kind="label")
#: Name of the sheet to its contract; sheets are named ``A1``, ``A1_`` or ``A1 - Apr-Jun 18``.
CONTRACTS = {
    "A1": sheet_contract(
        columns=(
            CODE,
            NAME,
            _households(
                "owed_duty_total",
                "Assessed as owed a duty: Total owed a prevention or relief duty",
                "Assessed as owed a duty: Total",
                median=(20, 1_000),
            ),
        ),
        not_read=(
            "Total initial assessments",
            "Assessed as owed a duty: *",
            "Not homeless nor threatened with homelessness*",
            "Not threatened with homelessness*",
            "Withdrew application*",
            "Not eligible*",
            "Number of households in area*",
            "Households assessed as*",
        ),
    ),
    "P1": sheet_contract(
        columns=(
            CODE,
            NAME,
            _households(
                "prev_ended_total",
                "Total number of households whose prevention duty ended",
                "Total number of households where prevention duty ended",
                median=(8, 500),
            ),
            _households(
                "prev_ended_secured",
                f"{SECURED}: Total secured accommodation",
                f"{SECURED}: Total",
                median=(4, 300),
            ),
            _households(
                "prev_ended_homeless", "Homeless (including intentionally homeless)", median=(0, 200)
            ),
        ),
        not_read=(
            f"{SECURED}: *",
            "Refused *",
            "Contact lost",
            "Withdrew application*",
            "56 days elapsed*",
            "No longer eligible",
            "Not known",
        ),
    ),
    "R1": sheet_contract(
        columns=(
            CODE,
            NAME,
            _households(
                "relief_ended_total",
                "Total number of households whose relief duty ended",
                "Total number of households where relief duty ended",
                median=(5, 800),
            ),
            _households("relief_ended_secured", SECURED, median=(3, 300)),
        ),
        not_read=(
            "56 days elapsed",
            "Local connection referral accepted by other LA",
            "Intentionally homeless from accommodation provided",
            "Refused *",
            "Notice served due to refusal to cooperate",
            "Contact lost",
            "Withdrew application*",
            "No longer eligible",
            "Not known",
        ),
    ),
    "TA1": sheet_contract(
        columns=(
            CODE,
            NAME,
            _households("ta_total", "Total number of households in TA", median=(10, 1_000)),
            Column(
                "hh_in_area_000s",
                (
                    "Number of households in area (000s)",
                    "Number of households (2016-based household projections for 2018) (000s)",
                    "Number of households (2016-based household projections for 2019) (000s)",
                ),
                unit="thousand households",
                low=0,
                high=1_000,
                median=(20, 200),
            ),
            _households(
                "bb_total",
                "Bed and breakfast hotels (including shared annexes): Total number of households",
                median=(0, 200),
            ),
            Column(
                "ta_with_children",
                ("Total number of households in TA with children",),
                unit="households",
                low=0,
                high=20_000,
                is_whole=True,
                optional=True,
            ),
        ),
        not_read=(
            "Total number of households in TA per (000s)*",
            "Total number of children in TA",
            "Bed and breakfast hotels*",
            "Nightly paid*",
            "Hostels*",
            "Private sector accommodation*",
            "Local authority or Housing association*",
            "Any other type of temporary accommodation*",
            "In TA in another local authority district",
            "Duty owed, no accommodation secured*",
        ),
    ),
}
#: In each pair the first counts households that are among those the second counts.
PARTS_OF_TOTALS = (
    ("prev_ended_secured", "prev_ended_total"),
    ("prev_ended_homeless", "prev_ended_total"),
    ("relief_ended_secured", "relief_ended_total"),
    ("bb_total", "ta_total"),
    ("ta_with_children", "ta_total"),
)
#: Read to be held against others, and no column of the seed.
CHECKED_ONLY = {"ta_with_children"}
#: Quarter and column whose totals are not those of their rows: three regions without some authorities.
GAPS = {("202103", "hh_in_area_000s")}
#: Totals of England and regions are rounded to ten.
ROUNDED_TO_TEN = Slack(rounding=10)


def _sheets(book: Book, name: str) -> list[Sheet]:
    return [sheet for sheet in book.sheets if re.fullmatch(rf"{name}_?( - .*)?", sheet.name.strip(), re.I)]


def claims(book: Book) -> bool:
    """A workbook with the sheets of H-CLIC, or most of them."""
    return sum(bool(_sheets(book, name)) for name in CONTRACTS) >= len(CONTRACTS) - 1


def with_one_header(sheet: Sheet) -> Sheet:
    """The sheet with its headers in the row above England: the groups over a column, then its own text.

    Raises:
        IngestError: The row of England is not there or is the first one.
    """
    england = [
        (row, place)
        for row in range(min(Contract.searched_rows, sheet.height))
        for place in range(min(3, len(sheet.columns)))
        if sheet.text(row, place) == ENGLAND
    ]
    if not england or not england[0][0]:
        raise sheet.error(0, 0, f"no row of England ({ENGLAND})", "England in the first row of figures")
    first, code_place = england[0]
    headers = {code_place: CODE_HEADER, code_place + 1: NAME_HEADER}
    for place in range(code_place + 2, len(sheet.columns)):
        row = next((row for row in range(first - 1, -1, -1) if sheet.text(row, place)), first)
        groups = [
            sheet.text(top, left)
            for (top, left), (bottom, right) in sorted(sheet.merged or ())
            if bottom < row and code_place < left <= place <= right and left < right
        ]
        texts = [*groups, sheet.text(row, place)] if row < first else []
        headers[place] = ": ".join(" ".join(FOOTNOTES.sub("", text).split()) for text in texts)
    columns = [
        [*column[: first - 1], headers.get(place, ""), *column[first:]]
        for place, column in enumerate(sheet.columns)
    ]
    below = tuple(merged for merged in sheet.merged or () if merged[1][0] >= first)
    return replace(sheet, columns=columns, merged=below)


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One quarter. Raises ``IngestError`` where the workbook cannot be read at all."""
    parts: list[Part] = []
    quarters: dict[str, str] = {}
    for name, contract in CONTRACTS.items():
        sheets = _sheets(book, name)
        if len(sheets) != 1:
            found = f"{len(sheets)} sheets named '{name}'"
            raise IngestError(book.name, found, f"exactly one named '{name}'")
        quarters[name] = quarter = _quarter(sheets[0])
        sheet = without_notes(contract, with_one_header(sheets[0]))
        table = read(contract, sheet, registers, log)
        is_complete = check_missing(table, registers.housing_in(_edition_of(quarter)), registers, log)
        check_parts(table, PARTS_OF_TOTALS, log)
        numbers = [column.name for column in contract.columns if column.kind == "number"]
        added = [column for column in numbers if (quarter, column) not in GAPS]
        members = by_area(table.rows, registers)
        check_totals(table, table.others, members, added, log, ROUNDED_TO_TEN, is_complete)
        values = [name for name in numbers if name not in CHECKED_ONLY]
        constants = {"quarter_end": quarter}
        parts += parts_of(table, ("printed_code", "quarter_end"), ("quarter_end",), values, constants)
    if len(set(quarters.values())) != 1:
        found = ", ".join(f"{quarter} in '{name}'" for name, quarter in quarters.items())
        raise IngestError(book.name, f"quarters ending {found}", "one quarter")
    _check_contents(book, quarter, log)
    return Reading(_published(book, quarter, log), quarter, parts)


def _quarter(sheet: Sheet) -> str:
    """Year and month in which the quarter ends, from the table's title."""
    title = re.compile(rf"England, .*\b({'|'.join(QUARTERS)}) (\d{{4}})", re.S)
    for row in range(min(10, sheet.height)):
        for text in sheet.row(row):
            if found := title.search(text):
                return found[2] + QUARTERS[found[1]]
    found_text = f"'{sheet.text(0, 0)[-60:]}'"
    raise sheet.error(0, 0, found_text, "a title with the quarter, as 'England, April to June 2018'")


def _edition_of(quarter: str) -> str:
    start = int(quarter[:4]) - (quarter[4:] == "03")
    return f"{start}-{(start + 1) % 100:02}"


def _check_contents(book: Book, quarter: str, log: Log) -> None:
    """The quarter of the tables is the one that the contents name."""
    contents = book.sheet("Contents") or book.sheets[0]
    title = re.compile(rf"\bto ({'|'.join(QUARTERS)}) (\d{{4}})$")
    for row in range(min(10, contents.height)):
        for place, text in enumerate(contents.row(row)):
            if (found := title.search(text)) and found[2] + QUARTERS[found[1]] != quarter:
                log.errors.append(contents.error(row, place, f"'{text}'", f"{quarter}, as in the tables"))


def _published(book: Book, quarter: str, log: Log) -> str:
    """Day on which it was published or revised last, from the contents.

    A day before the quarter's end is a misprint: then the latest update that a table names.
    """
    contents = book.sheet("Contents") or book.sheets[0]
    days = [day_in(text) for row in range(min(10, contents.height)) for text in contents.row(row)]
    day = max(days, default="")
    end = f"{quarter[:4]}-{quarter[4:]}-{calendar.monthrange(int(quarter[:4]), int(quarter[4:]))[1]}"
    if day and day <= end:
        updates = [found for sheet in book.sheets for found in days_beside(sheet, "latest update:")]
        log.notices[f"published {day}, before the end of the quarter: latest update of a table taken"] += 1
        day = max(updates, default="")
    if day <= end[:7]:
        found = f"'{day}' as its day" if day else "no day of publication or revision"
        raise contents.error(6, 0, found, f"a day after {end}")
    return day


READER = Reader(
    publication_id="mhclg_homelessness",
    name="mhclg_homelessness",
    version="2",
    seeds=(Seed(SEED, ("quarter_end",)),),
    claims=claims,
    read=read_book,
)
