"""What the ministry's workbooks of revenue expenditure have in common: budgets (RA) and outturn (RS, RSX).

One wide table, a row per authority of any class under its code in local government finance. Some editions
print ONS codes too; the code of each authority is in ``codes/local_government_finance.csv``, taken from the
workbooks that print both, and a printed ONS code has to agree with it.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from scripts.ingest.contract import NUMBER, Column, Log, Row, Table
from scripts.ingest.readers.base import has_headers
from scripts.ingest.registers import Registers
from scripts.ingest.totals import Slack, check_totals
from scripts.ingest.workbook import Book, IngestError, Sheet, normal

CODE = Column("e_code", ("E-code",), kind="code")
ONS_CODE = Column("ons_code", ("ONS Code",), kind="text", optional=True)
NAME = Column("authority_name", ("Local authority",), kind="label")
CLASS = Column("authority_class", ("Class",), kind="text")
#: Rows that add up others, by what is printed in place of a name.
TOTALS = dict.fromkeys(
    (
        "england",
        "class breakdown",
        "london boroughs",
        "metropolitan districts",
        "unitary authorities",
        "shire counties",
        "shire districts",
        "other authorities",
    ),
    "totals row",
)
OTHERS = {"o": "police, fire, park, waste and combined authorities"}
#: Printed for North Yorkshire in the outturn of 2015-16 and 2017-18: the code of the former Northumberland.
MISPRINTS = {("E2721", "E10000022")}
LONDON = {"LB": "L"}
#: Rows of totals by what is printed in place of a name, and the classes that each adds up.
CLASS_TOTALS = {
    "london boroughs": ("L", "LB"),
    "metropolitan districts": ("MD",),
    "unitary authorities": ("UA",),
    "shire counties": ("SC",),
}
WITH_SOCIAL_CARE = {"UA", "MD", "L", "LB", "SC"}
YEAR = re.compile(r"\b(20\d\d)-?(\d\d)(?!\d)")
TITLE_ROWS = 3
UNIT = "£ thousand"
NET = "net current expenditure"
TOP_ROWS = 20
#: A year's reorganisation of districts at its largest.
MOST_DISTRICTS_GONE = 30


def tables(book: Book, headers: Iterable[str], at_least: int) -> list[Sheet]:
    """Sheets of a workbook with a row of these headers."""
    headers = tuple(headers)
    return [sheet for sheet in book.sheets if has_headers(sheet, headers, at_least, TOP_ROWS)]


def table_of(book: Book, sheets: list[Sheet]) -> Sheet:
    """The sheet of net current expenditure: the only table, or the one that says so above it.

    Raises:
        IngestError: None says so, or several.
    """
    if len(sheets) > 1:
        sheets = [sheet for sheet in sheets if any(text.startswith(NET) for text in above(sheet))]
    if len(sheets) != 1:
        have = ", ".join(f"'{sheet.name}'" for sheet in book.sheets)
        expected = f"one table headed 'Net current expenditure ({UNIT})'"
        raise IngestError(book.name, f"the sheets {have}", expected)
    return sheets[0]


def above(sheet: Sheet) -> list[str]:
    """Texts above the row of headers, in their normal form."""
    texts: list[str] = []
    for row in range(min(TOP_ROWS, sheet.height)):
        if normal(sheet.text(row, 0)) == normal(CODE.headers[0]):
            break
        texts += [normal(text) for text in sheet.row(row) if text]
    return texts


def period_of(sheet: Sheet) -> str:
    """Financial year in the title.

    Raises:
        IngestError: There is none, or the figures are not in thousands of pounds.
    """
    if not any(UNIT in text for text in above(sheet)):
        raise sheet.error(0, 0, f"no '{UNIT}' above the table", f"figures in {UNIT}")
    title = sheet.text(0, 0)
    found = re.search(r"\b(20\d\d)-(\d\d)\b", title)
    if not found or int(found[1][2:]) + 1 != int(found[2]):
        raise sheet.error(0, 0, f"'{title}'", "a title with a financial year, as 2018-19")
    return found[0]


def edition_of(sheet: Sheet, period: str) -> str:
    """Financial year and the day of the last update, where the sheet prints it: ``2023-24 2024-08-29``."""
    text = next((text for text in above(sheet) if text.startswith("last updated:")), "")
    if not text:
        return period
    day = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.removeprefix("last updated:").strip())
    try:
        return f"{period} {datetime.datetime.strptime(day, '%d %B %Y').date().isoformat()}"
    except ValueError:
        raise sheet.error(0, 0, f"'{text}'", "a day, as 'Last updated: 22 June 2023'") from None


def check_codes(table: Table, registers: Registers, log: Log) -> None:
    """A printed ONS code is that of the row's authority, or the publication's own for it."""
    publication = table.contract.publication_id
    for row in table.rows:
        printed, e_code = row.texts.get("ons_code", row.code), row.texts["e_code"]
        if (e_code, printed) in MISPRINTS:
            log.notices[f"{printed} misprinted for {row.code} ({e_code})"] += 1
        elif registers.stands_for(publication, printed) != row.code:
            place, expected = table.places["ons_code"], f"{row.code}, which goes with {e_code}"
            log.errors.append(table.sheet.error(row.number, place, f"'{printed}'", expected))


def check_classes(table: Table, columns: Sequence[str], log: Log, slack: Slack, is_complete: bool) -> None:
    """The total of each upper-tier class is the sum of its rows; districts' totals are often estimates."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        rows[row.texts["authority_class"]].append(row)

    def of_class(total: Row) -> list[Row]:
        return [
            row for name in CLASS_TOTALS.get(normal(total.texts["authority_name"]), ()) for row in rows[name]
        ]

    check_totals(table, table.others, of_class, columns, log, slack, is_complete)


def check_zeros(table: Table, columns: Sequence[str], log: Log) -> None:
    """Councils that provide these services spend on them: a row of noughts is one without a return."""
    for row in table.rows:
        texts = [row.texts[name] for name in columns]
        if row.texts["authority_class"] in WITH_SOCIAL_CARE and all(
            NUMBER.fullmatch(text) and not float(text) for text in texts
        ):
            found = f"0 in all of {len(texts)} services of {row.texts['authority_name']}"
            expected = "its spend, or the symbol for no return"
            log.errors.append(table.sheet.error(row.number, table.places[columns[0]], found, expected))


def check_period(book: Book, sheet: Sheet, period: str, log: Log) -> None:
    """The financial year of the title is that of the sheet's name, or of the titles of the other sheets."""
    texts = [sheet.name] if YEAR.search(sheet.name) else []
    for other in book.sheets if not texts else ():
        if other is not sheet:
            texts += [text for row in range(min(TITLE_ROWS, other.height)) for text in other.row(row)]
    named = {f"{year}-{end}" for text in texts for year, end in YEAR.findall(text)}
    if named and period not in named:
        found = f"the title of {period} beside {', '.join(sorted(named))} elsewhere in the workbook"
        log.errors.append(sheet.error(0, 0, found, "one financial year"))


def check_districts(table: Table, period: str, registers: Registers, log: Log) -> None:
    """Notice each district of the edition before without a row; more than a reform takes is an error."""
    before = max((edition for edition in registers.districts if edition < period), default="")
    known = registers.districts.get(before, {})
    missing = sorted(known.keys() - {row.code for row in table.rows})
    for code in missing:
        log.notices[f"no row in {period} for {known[code]} ({code}), a district in {before}"] += 1
    if len(missing) > MOST_DISTRICTS_GONE:
        found = f"no row for {len(missing)} of the {len(known)} districts of {before}"
        expected = f"at most {MOST_DISTRICTS_GONE} missing"
        log.errors.append(table.sheet.error(table.header_row, table.code_place, found, expected))
