"""Adult Social Care Outcomes Framework, in four layouts.

Open data is a long table, a row per council, measure, group of users and kind of figure: stacked years with
all kinds (to 2018-19), stacked years with outcomes only (to 2023-24), and one year by itself. The time series
is a workbook with a sheet per measure and columns per year. A year by itself goes before stacked ones, which
leave rows without a figure out, and the time series, which is revised as a whole, before both.

Measures are printed under numbers that mean another measure from 2023-24: a list per year says which.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from scripts.ingest.checks import check_percentages
from scripts.ingest.contract import NUMBER, Column, Contract, Log, Table
from scripts.ingest.exchanged import check_exchanged
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed, has_headers
from scripts.ingest.readers.nhs_ascof_england import check_england, of_all
from scripts.ingest.readers.nhs_ascof_items import (
    COUNTED,
    DENOMINATOR,
    LISTS,
    MEDIANS,
    OUTCOME,
    PERCENT,
    SERIES,
    TOTAL,
)
from scripts.ingest.registers import ENGLAND, FILE_YEARS, GSS_OR_ENGLAND, Registers, year_of_file
from scripts.ingest.sheets import without_brackets
from scripts.ingest.table import read
from scripts.ingest.workbook import Book, IngestError, Sheet, normal, printed

FIGURES, BY_AGE, MARGINS = "outcomes/nhs_ascof", "outcomes/nhs_ascof_by_age", "outcomes/nhs_ascof_margins"
DENOMINATORS = "outcomes/nhs_ascof_denominators"
#: Seeds whose figures stand in a column of another name than `value_raw`.
VALUES = {MARGINS: "margin_raw", DENOMINATORS: "denominator_raw"}
MAY_BE_MISSING = 5

AGES = {"18-64": "18-64", "65 and over": "65+"}
OTHER_GROUPS = frozenset({"female", "male", "64 and under", "65-74", "65-84", "75-84", "85 and over"})
MARGIN = "margin of error"
OTHER_KINDS = frozenset({"numerator", "base"})
AREAS, OTHER_AREAS = frozenset({"council", "england"}), frozenset({"region", "council type"})
#: Kinds of figure of the time series that are not read.
NOT_HELD = re.compile(
    r"number of respondents|numerator|(outstanding|good|other|not yet rated|6b) "
    r"(numerator|denominator)|(outstanding|good|other|not yet rated) outcome"
)

VALUE = Column("value_raw", ("Measure.Value", "Measure_Value", "Measure Value"), low=-1, high=10_000)
#: Bounds of a denominator: people counted, or the people of an area.
COUNT = replace(VALUE, unit="people", low=0, high=5_000_000, is_whole=True)
LONG = Contract(
    publication_id="nhs_ascof",
    seed=FIGURES,
    columns=(
        Column("period", ("Return.Year", "Year"), kind="text", optional=True),
        Column("printed_code", ("ONS.Area.Code", "ONS Code"), kind="code"),
        Column("name", ("Geographical.Description", "Geographical Description"), kind="label", optional=True),
        Column("level", ("Geographical.Level", "Geographical Level"), kind="text"),
        Column("measure", ("Measure.Group", "Measure Group"), kind="text"),
        Column("group", ("Disaggregation.Level", "Disaggregation Level"), kind="text"),
        Column("kind", ("Measure.Type", "Measure Type"), kind="text"),
        VALUE,
    ),
    key=("period", "printed_code", "measure", "group", "kind"),
    code_kind=GSS_OR_ENGLAND,
    not_read=(
        "Geographical.Code",
        "Geographical Code",
        "ASCOF.Measure.Code",
        "ASCOF Measure Code",
        "Measure.Group.Description",
        "Measure Group Description",
    ),
    symbols=("", ":", "c", "[c]", "[x]", "[z]"),
    areas={"England": ENGLAND},
)
LONG_HEADERS = [header for column in LONG.columns for header in column.headers] + list(LONG.not_read)

YEAR_OF_KIND = re.compile(r"(20\d\d) to (20\d\d) - (.+)")
SERIES_CODE = ("ONS area code",)


def _is_long(book: Book) -> bool:
    return any(has_headers(sheet, LONG_HEADERS, at_least=6, rows=5) for sheet in book.sheets)


def _is_series(book: Book) -> bool:
    headers = ("Local authority code", "Local authority", "ONS area code")
    found = [
        sheet
        for sheet in book.sheets
        if normal(sheet.name).startswith("table_") and has_headers(sheet, headers, 2, 15)
    ]
    return len(found) > 2


def claims(book: Book) -> bool:
    """A long table with most of the open data's headers, or a workbook of tables by measure."""
    return _is_long(book) or _is_series(book)


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One file, in whichever layout."""
    if _is_series(book):
        return _read_series(book, registers, log)
    return _read_long(book, registers, log)


def _read_long(book: Book, registers: Registers, log: Log) -> Reading:
    if len(book.sheets) != 1:
        raise IngestError(book.name, f"{len(book.sheets)} sheets", "one sheet of open data")
    contract, sheet = LONG, book.sheets[0]
    single = _single_year(book) if not _has_years(sheet) else ""
    kinds = _spelt(sheet, "kind", {*OUTCOME, MARGIN, DENOMINATOR}, OTHER_KINDS, log)
    denominators = frozenset(kind for kind in kinds if normal(kind) == DENOMINATOR)
    wanted = {
        "level": _spelt(sheet, "level", AREAS, OTHER_AREAS, log),
        "kind": kinds - denominators,
        "group": _spelt(sheet, "group", {*TOTAL, *AGES}, OTHER_GROUPS, log),
    }
    if single:
        columns = tuple(column for column in contract.columns if column.name != "period")
        key = tuple(name for name in contract.key if name != "period")
        contract = replace(contract, columns=columns, key=key)
    contract = replace(contract, wanted=wanted)
    table = _named(read(contract, sheet, registers, log), single, log)
    parts = [part for seed in (FIGURES, BY_AGE, MARGINS) for part in _parts(table, seed)]
    if denominators:
        # Counts have other bounds than outcomes, so that they are read as a table of their own.
        columns = tuple(COUNT if column is VALUE else column for column in contract.columns)
        counts = replace(contract, columns=columns, wanted=wanted | {"kind": denominators})
        counted = _named(read(counts, sheet, registers, log), single, log)
        parts += _parts(counted, DENOMINATORS)
        check_england(table, *of_all(table, counted), ("value_raw", "value_raw"), registers, log)
    _check(parts, sheet, registers, log)
    check_exchanged([part for part in parts if part.seed == FIGURES], sheet, log)
    periods = sorted({row.texts["period"] for row in table.rows})
    if not periods:
        raise IngestError(book.name, "no figures of measures", "outcomes of councils")
    kind = "2 open data of one year" if single else "1 open data of years"
    return Reading(f"{kind} {periods[-1]}", f"{periods[0]} to {periods[-1]}", parts)


def _has_years(sheet: Sheet) -> bool:
    years = _headers("period")
    return bool(years & {normal(text) for row in range(min(5, sheet.height)) for text in sheet.row(row)})


def _headers(name: str) -> set[str]:
    """Headers of a column of the long table, in their normal form."""
    return {normal(header) for column in LONG.columns if column.name == name for header in column.headers}


def _single_year(book: Book) -> str:
    """Year of open data that has no column of years.

    Raises:
        IngestError: It is not known by its checksum.
    """
    year = year_of_file(book.sha256)
    if not year:
        expected = f"a column 'Year', or the file's checksum in {FILE_YEARS.name}"
        raise IngestError(book.name, "open data of no year", expected)
    return year


def _spelt(sheet: Sheet, name: str, wanted: Iterable[str], known: frozenset[str], log: Log) -> frozenset[str]:
    """Spellings of the texts wanted in a column; a text that is not known is an error, and none is silent."""
    headers = _headers(name)
    wanted, spelt = set(wanted), set()
    for row in range(min(5, sheet.height)):
        for place, text in enumerate(sheet.row(row)):
            if normal(text) not in headers:
                continue
            values = sheet.columns[place][row + 1 :]
            for value in dict.fromkeys(values):
                if normal(printed(value)) in wanted:
                    spelt.add(printed(value))
                elif normal(printed(value)) not in known:
                    number = row + 1 + values.index(value)
                    found, expected = f"'{printed(value)}'", _one_of(wanted | known)
                    log.errors.append(sheet.error(number, place, found, expected))
    return frozenset(spelt)


def _one_of(texts: Iterable[str]) -> str:
    return " or ".join(f"'{text}'" for text in sorted(texts))


def _named(table: Table, single: str, log: Log) -> Table:
    """Rows under the seed's items, each measure by the list of its year."""
    rows, strange = [], set()
    for row in table.rows:
        period = single or row.texts["period"]
        measure = re.sub(r"[()]", "", row.texts["measure"])
        item = LISTS.get(period, {}).get(measure)
        if item is None and (period, measure) not in strange:
            strange.add((period, measure))
            name, expected = "measure", f"a measure of {period}"
            if period not in LISTS:
                name, expected = "period", f"a year from {min(LISTS)} to {max(LISTS)}"
            found = f"'{row.texts['measure']}' in {period}"
            log.errors.append(table.sheet.error(row.number, table.places[name], found, expected))
        rows.append(row._replace(texts=row.texts | {"period": period, "item_id": item or ""}))
    return replace(table, rows=rows)


def _parts(table: Table, seed: str) -> list[Part]:
    """Figures of one seed: outcomes of all users, by age, margins of error and denominators of all users."""
    rows = []
    for row in table.rows:
        kind, group = normal(row.texts["kind"]), normal(row.texts["group"])
        is_counted = kind == DENOMINATOR and row.texts["item_id"] in COUNTED
        if kind in OUTCOME and group in TOTAL and seed == FIGURES:
            rows.append(row)
        elif not _is_held(row.code, row.texts["value_raw"]):
            continue
        elif kind in OUTCOME and group in AGES and seed == BY_AGE:
            rows.append(row._replace(texts=row.texts | {"age_group": AGES[group]}))
        elif kind == MARGIN and group in TOTAL and seed == MARGINS:
            rows.append(row._replace(texts=row.texts | {"margin_raw": row.texts["value_raw"]}))
        elif is_counted and group in TOTAL and seed == DENOMINATORS:
            rows.append(row._replace(texts=row.texts | {"denominator_raw": row.texts["value_raw"]}))
    place = table.places["value_raw"]
    table = replace(table, rows=rows, places=dict(table.places) | dict.fromkeys(VALUES.values(), place))
    if seed == BY_AGE:
        key, block = ("item_id", "age_group", "printed_code", "period"), ("item_id", "age_group", "period")
        return parts_of(table, key, block, ("value_raw",), seed=seed)
    value = VALUES.get(seed, "value_raw")
    return parts_of(table, ("item_id", "printed_code", "period"), ("item_id", "period"), (value,), seed=seed)


def _is_held(code: str, text: str) -> bool:
    """Whether a figure by age, a margin of error or a denominator is held: a council's number.

    England is not, and a row without a number says nothing: the measure's own row holds the symbol.
    """
    return code != ENGLAND and NUMBER.fullmatch(text) is not None


def _check(parts: list[Part], sheet: Sheet, registers: Registers, log: Log) -> None:
    """Every council in every year, and medians as the unit wants them."""
    codes: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        if part.seed != FIGURES:
            continue
        item, period = part.block
        printed_codes = {key[1] for key in part.rows}
        codes[period] |= printed_codes
        codes[period] |= {registers.stands_for(LONG.publication_id, code) for code in printed_codes}
        values = [abs(float(text)) for _, (text,) in part.rows.values() if NUMBER.fullmatch(text)]
        if item not in MEDIANS:
            check_percentages(part, sheet.file, log)
        middle = statistics.median(values) if values else None
        low, high = MEDIANS.get(item, PERCENT)
        if middle is not None and not low <= middle <= high:
            found = f"a median of {middle:g} for {item} in {period}"
            expected = f"{low:g} to {high:g}: has the unit changed?"
            log.errors.append(IngestError(sheet.file, found, expected, part.sheet))
    for period, present in sorted(codes.items()):
        live = registers.live(f"{period[:4]}-04-01")
        # Surveys are printed under today's codes also for years before them.
        missing = sorted(code for code in live - present if not present & set(registers.successors[code]))
        for code in missing:
            log.notices[f"no row for {registers.names[code]} ({code}) in {period}"] += 1
        if len(missing) > MAY_BE_MISSING:
            found = f"no row for {len(missing)} of {len(live)} councils in {period}"
            log.errors.append(IngestError(sheet.file, found, f"at most {MAY_BE_MISSING} missing"))


def _read_series(book: Book, registers: Registers, log: Log) -> Reading:
    known = {normal(name) for name in SERIES}
    for sheet in book.sheets:
        if normal(sheet.name).startswith("table_") and normal(sheet.name) not in known:
            log.notices[f"unknown sheet '{sheet.name}' not read"] += 1
    parts: list[Part] = []
    for name, (item, words) in SERIES.items():
        table = book.sheet(name)
        if table is None:
            log.errors.append(IngestError(book.name, f"no sheet '{name}'", f"the table of {words}"))
            continue
        if words not in normal(table.text(0, 0)):
            log.errors.append(table.error(0, 0, f"'{table.text(0, 0)}'", f"a title with '{words}'"))
            continue
        parts += _series_parts(without_brackets(table, log), item, registers, log)
    _check(parts, book.sheets[0], registers, log)
    periods = sorted({part.block[-1] for part in parts})
    if not periods:
        raise IngestError(book.name, "no figures", "tables by measure")
    return Reading(f"3 time series {periods[-1]}", f"{periods[0]} to {periods[-1]}", parts)


def _series_parts(sheet: Sheet, item: str, registers: Registers, log: Log) -> list[Part]:
    """Outcomes, margins and denominators of one measure, a part for each year."""
    code = normal(SERIES_CODE[0])
    top = range(min(15, sheet.height))
    header = next((row for row in top if code in map(normal, sheet.row(row))), None)
    if header is None:
        log.errors.append(sheet.error(0, 0, "no header row", f"a row with '{SERIES_CODE[0]}'"))
        return []
    columns = {
        name: text
        for name, text in _series_columns(sheet, header, log).items()
        if item in COUNTED or not name.endswith(DENOMINATOR)
    }
    contract = Contract(
        publication_id="nhs_ascof",
        seed=FIGURES,
        columns=(
            Column("printed_code", SERIES_CODE, kind="code"),
            Column("name", ("Local authority",), kind="label"),
            *(_series_column(name, text) for name, text in columns.items()),
        ),
        key=("printed_code",),
        code_kind=GSS_OR_ENGLAND,
        symbols=("[c]", "[x]", "[z]"),
        other_codes={"[z]": "types of council", "E12*": "regions of England"},
        areas={"England": ENGLAND},
        is_wide=True,
    )
    table = read(contract, sheet, registers, log)
    parts = []
    for name in columns:
        period, kind = name.split(" ", 1)
        if kind == "outcome" and f"{period} {DENOMINATOR}" in columns:
            of_year = {"item_id": item, "period": period}
            rows = [row._replace(texts=row.texts | of_year) for row in table.rows]
            check_england(table, rows, rows, (name, f"{period} {DENOMINATOR}"), registers, log)
        seed = {MARGIN: MARGINS, DENOMINATOR: DENOMINATORS}.get(kind, FIGURES)
        column = VALUES.get(seed, "value_raw")
        rows = [
            row._replace(texts={column: row.texts[name], "item_id": item, "period": period})
            for row in table.rows
            if seed == FIGURES or _is_held(row.code, row.texts[name])
        ]
        places = {"printed_code": table.code_place, column: table.places[name]}
        part = replace(table, rows=rows, places=places)
        key, block = ("item_id", "printed_code", "period"), ("item_id", "period")
        parts += parts_of(part, key, block, (column,), seed=seed)
    return parts


def _series_column(name: str, header: str) -> Column:
    if name.endswith(DENOMINATOR):
        return replace(COUNT, name=name, headers=(header,))
    return Column(name, (header,), low=-1, high=10_000)


def _series_columns(sheet: Sheet, header: int, log: Log) -> dict[str, str]:
    """Period and kind to header of the columns that are read; every year must have an outcome."""
    columns: dict[str, str] = {}
    years = set()
    for place, text in enumerate(sheet.row(header)):
        if normal(text) in ("", "local authority code", "local authority", *map(normal, SERIES_CODE)):
            continue
        found = YEAR_OF_KIND.fullmatch(normal(text))
        kind = found[3].replace("6b outcome", "outcome") if found else ""
        is_year = found and int(found[1]) + 1 == int(found[2])
        is_read = kind in ("outcome", MARGIN, DENOMINATOR)
        if not found or not is_year or not (is_read or NOT_HELD.fullmatch(kind)):
            expected = "a year and a kind of figure, as '2018 to 2019 - outcome'"
            log.errors.append(sheet.error(header, place, f"the unknown header '{text}'", expected))
            continue
        period = f"{found[1]}-{found[2][2:]}"
        years.add(period)
        if is_read:
            columns[f"{period} {kind}"] = text
    for period in sorted(years):
        if f"{period} outcome" not in columns:
            log.errors.append(sheet.error(header, 0, f"no outcome for {period}", "an outcome for every year"))
    return columns


READER = Reader(
    publication_id="nhs_ascof",
    name="nhs_ascof",
    version="2",
    seeds=(
        Seed(FIGURES, ("item_id", "period")),
        Seed(BY_AGE, ("item_id", "age_group", "period")),
        Seed(MARGINS, ("item_id", "period")),
        Seed(DENOMINATORS, ("item_id", "period")),
    ),
    claims=claims,
    read=read_book,
)
