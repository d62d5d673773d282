"""What a reader declares of a table, and the engine that reads a sheet by it.

A contract says which headers a table has, never where they stand: the header row is looked for, columns are
found by their text. Whatever is not as declared is an error that names the cell, or is handled by a rule and
said in a notice. Nothing is guessed.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from scripts.ingest.registers import Registers
from scripts.ingest.workbook import IngestError, Sheet, address, letters, normal

NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
GROUPED_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
TOTALS = re.compile(
    r"(grand |sub-?)?totals?\b.*|(rest of )?england( total)?|all (councils|authorities|england)", re.I
)
SYMBOL_LENGTH = 4
CODE_LENGTH = 10


@dataclass(frozen=True)
class Column:
    """A column of a published table.

    Attributes:
        name: What rows call it; where it is a column of the seed, the seed's name for it.
        headers: Texts it may be headed by; case, spacing and kind of dash do not matter.
        kind: ``code`` (geography, one per contract), ``label`` (the area's name), ``text`` or ``number``.
        group: Text over a group of columns, where two columns have the same header.
        unit: Unit of its numbers, for people.
        symbols: Texts allowed in place of a number, the empty text among them only if it may be blank;
            ``None`` takes those of the contract.
        low, high: Bounds of each number, both allowed.
        median: Bounds of the median of its numbers other than 0, against a changed unit.
        is_whole: Numbers are counts.
        shortest: A float's 17 digits, kept as text, are written as the fewest that give the same float.
        empty: Texts that say nothing is printed, as ``NA``; written as empty text.
        optional: An older layout may be without it.
    """

    name: str
    headers: tuple[str, ...]
    kind: str = "number"
    group: str = ""
    unit: str = ""
    symbols: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None
    median: tuple[float, float] | None = None
    is_whole: bool = False
    shortest: bool = False
    empty: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Contract:
    """A published table as its reader expects it.

    Attributes:
        publication_id: Its row in the register of publications.
        seed: Path of the seed below ``seeds``, without ``.csv``.
        columns: Columns that are read.
        key: Names of the columns that name a row; together with the period of a sheet that has only one.
        code_kind: Kind of geography code (see ``registers``), or empty where rows are no authorities.
        sheets: Names the sheet may have; none for files of one table.
        not_read: Headers that are known and not read; with ``*`` at the end, all that begin so.
        symbols: Texts allowed in place of a number.
        other_codes: Printed codes that are no authority of the seed, and why their rows stay out; ``E07*``
            stands for all that begin so.
        areas: Label to ONS code of areas that are printed without a code and belong to the seed: England.
        left_out: Column to texts in it (case and spacing do not matter) that keep a row out, and why.
        wanted: Texts a column must hold for its row to be read, where a table holds more than the seed.
        searched_rows: Rows from the top in which the header row may stand.
        is_wide: Most columns are not read: unknown headers are counted, not named one by one.
        may_be_missing: Expected authorities that may be missing before the table counts as broken.
    """

    publication_id: str
    seed: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    code_kind: str = ""
    sheets: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    other_codes: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    searched_rows: int = 40
    is_wide: bool = False
    may_be_missing: int = 5


class Row(NamedTuple):
    """A row as read: its place in the sheet counted from 0, its ONS code (empty without one), its texts."""

    number: int
    code: str
    texts: dict[str, str]


@dataclass
class Log:
    """What happened while files were read.

    Attributes:
        errors: What keeps a file from being used.
        notices: What was handled by rule, and how often.
        symbols: Symbols in place of numbers, by symbol.
        rows_read: Rows of figures looked at, those left out included.
        left_out: Rows left out by rule, by reason.
    """

    errors: list[IngestError] = field(default_factory=list)
    notices: Counter[str] = field(default_factory=Counter)
    symbols: Counter[str] = field(default_factory=Counter)
    rows_read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, other: Log) -> None:
        """Take over what another log holds."""
        self.errors += other.errors
        self.notices += other.notices
        self.symbols += other.symbols
        self.rows_read += other.rows_read
        self.left_out += other.left_out


@dataclass(frozen=True)
class Table:
    """A sheet read by a contract: the row of its headers, the place of each column found, its rows."""

    contract: Contract
    sheet: Sheet
    header_row: int
    places: Mapping[str, int]
    rows: Sequence[Row]

    @property
    def code_place(self) -> int:
        """Column of the code, or of the first key column where rows are no authorities."""
        codes = [column.name for column in self.contract.columns if column.kind == "code"]
        return self.places[(codes or self.contract.key)[0]]


def read(contract: Contract, sheet: Sheet, registers: Registers, log: Log) -> Table:
    """Read a sheet by its contract.

    Errors go to ``log``; the table is of use only if there are none.

    Raises:
        IngestError: Its header row cannot be found, so that nothing can be read.
    """
    header_row = find_header(contract, sheet)
    places = find_columns(contract, sheet, header_row, log)
    _check_merged(sheet, header_row, places, log)
    rows = list(_rows(contract, sheet, header_row, places, registers, log))
    rows = _one_row_per_key(contract, sheet, places, rows, log)
    _check_medians(contract, sheet, header_row, places, rows, log)
    return Table(contract, sheet, header_row, places, rows)


def without_notes(contract: Contract, sheet: Sheet) -> Sheet:
    """The sheet as far as its last row with a code and a figure: notes follow below a table.

    Raises:
        IngestError: Its header row cannot be found.
    """
    header_row = find_header(contract, sheet)
    places = find_columns(contract, sheet, header_row, Log())
    kinds = {column.name: column.kind for column in contract.columns if column.name in places}
    codes = [places[name] for name, kind in kinds.items() if kind == "code"]
    numbers = [places[name] for name, kind in kinds.items() if kind == "number"]
    last = sheet.height - 1
    while last > header_row and not all(
        any(sheet.text(last, place) for place in group) for group in (codes, numbers)
    ):
        last -= 1
    return replace(sheet, columns=[column[: last + 1] for column in sheet.columns])


def leave_out(
    contract: Contract, sheet: Sheet, reason_of: Callable[[Mapping[str, str]], str], log: Log
) -> Sheet:
    """The sheet without rows that belong to no seed: they are blank, so that the others keep their numbers.

    Args:
        contract: Names the columns.
        sheet: The sheet as published.
        reason_of: Told a row's texts by column; why it is left out, or an empty text.
        log: Takes how many rows were left out, by reason.

    Raises:
        IngestError: Its header row cannot be found.
    """
    header_row = find_header(contract, sheet)
    places = find_columns(contract, sheet, header_row, Log())
    gone = set()
    for number in range(header_row + 1, sheet.height):
        texts = {name: sheet.text(number, place) for name, place in places.items()}
        reason = reason_of(texts) if any(texts.values()) else ""
        if reason:
            gone.add(number)
            log.rows_read += 1
            log.left_out[reason] += 1
    columns = [["" if row in gone else value for row, value in enumerate(column)] for column in sheet.columns]
    return replace(sheet, columns=columns)


def with_periods(contract: Contract, sheet: Sheet, column: Column, pattern: str, first: str) -> Contract:
    """The contract with a column like ``column`` for each period that the sheet has a column for.

    Args:
        contract: Names the other columns, which find the header row.
        sheet: The sheet as published.
        column: What each of these columns is like.
        pattern: Regular expression of a period's header, which sorts by age.
        first: Earlier periods are not read.

    Raises:
        IngestError: Its header row cannot be found, a header with a year is no period, a period is missing.
    """
    header_row = find_header(contract, sheet)
    periods = []
    for place, text in enumerate(sheet.row(header_row)):
        if re.fullmatch(pattern, text):
            periods.append((text, place))
        elif re.search(r"\d{4}", text):
            raise sheet.error(header_row, place, f"the header '{text}'", f"a period, as '{first}'")
    for (before, _), (period, place) in pairwise(periods):
        if int(period[:4]) != int(before[:4]) + 1:
            found = f"{period} after {before}"
            raise sheet.error(header_row, place, found, "a column for each period, in order")
    columns = tuple(replace(column, name=text, headers=(text,)) for text, _ in periods if text >= first)
    if not columns:
        raise sheet.error(header_row, 0, "no column of a period", f"periods from '{first}'")
    earlier = tuple(text for text, _ in periods if text < first)
    return replace(contract, columns=(*contract.columns, *columns), not_read=(*contract.not_read, *earlier))


def find_sheet(contract: Contract, sheets: Iterable[Sheet], file: str) -> Sheet:
    """The sheet that a contract names.

    Raises:
        IngestError: There is none, or more than one.
    """
    names = {normal(name) for name in contract.sheets}
    known = list(sheets)
    found = [sheet for sheet in known if not names or normal(sheet.name) in names]
    if len(found) != 1:
        have = ", ".join(f"'{sheet.name}'" for sheet in known)
        expected = " or ".join(f"'{name}'" for name in contract.sheets) or "one sheet"
        raise IngestError(file, f"the sheets {have}", f"exactly one named {expected}")
    return found[0]


def find_header(contract: Contract, sheet: Sheet) -> int:
    """Row of the headers: the only one in the rows searched in which every required column is named.

    Raises:
        IngestError: No row has them all (the nearest is named), or several have.
    """
    required = [column for column in contract.columns if not column.optional]
    accepted = [{normal(header) for header in column.headers} for column in required]
    matches = {}
    for row in range(min(contract.searched_rows, sheet.height)):
        texts = {normal(text) for text in sheet.row(row) if text}
        matches[row] = sum(bool(headers & texts) for headers in accepted)
    best = max(matches, key=lambda row: matches[row], default=0)
    full = [row for row, count in matches.items() if count == len(required)]
    if len(full) > 1:
        found = f"the headers again (first in row {full[0] + 1})"
        raise sheet.error(full[1], 0, found, "one header row")
    if full:
        return full[0]
    if not matches.get(best):
        expected = f"a row with the headers {_quoted(column.headers[0] for column in required)}"
        raise sheet.error(0, 0, f"none of the headers in the first {contract.searched_rows} rows", expected)
    texts = {normal(text) for text in sheet.row(best) if text}
    missing = [column for column, headers in zip(required, accepted, strict=True) if not headers & texts]
    known = _known_headers(contract)
    headers_there = enumerate(sheet.row(best))
    strange = [(place, text) for place, text in headers_there if text and not known.fullmatch(normal(text))]
    place = strange[0][0] if strange else 0
    found = f"the unknown header {_quoted(text for _, text in strange)}" if strange else "no such header"
    expected = "; ".join(f"a column headed {_quoted(column.headers, ' or ')}" for column in missing)
    raise sheet.error(best, place, found, expected)


def find_columns(contract: Contract, sheet: Sheet, header_row: int, log: Log) -> dict[str, int]:
    """Place of each column by its header; unknown headers are noticed, doubled ones are errors."""
    texts = [normal(text) for text in sheet.row(header_row)]
    groups = _groups(sheet, header_row) if any(column.group for column in contract.columns) else []
    places = {}
    for column in contract.columns:
        accepted = {normal(header) for header in column.headers}
        found = [place for place, text in enumerate(texts) if text in accepted]
        if len(found) > 1 and column.group:
            found = [place for place in found if groups[place] == normal(column.group)]
        if len(found) > 1:
            cells = ", ".join(address(header_row, place) for place in found)
            what = f"the header '{sheet.text(header_row, found[0])}' in {cells}"
            log.errors.append(sheet.error(header_row, found[1], what, "it once"))
        if not found and not column.optional:
            what = f"the header '{column.headers[0]}' under another group"
            log.errors.append(sheet.error(header_row, 0, what, f"it under '{column.group}'"))
        if found:
            places[column.name] = found[0]
    known = _known_headers(contract)
    unknown = [place for place, text in enumerate(texts) if text and not known.fullmatch(text)]
    if contract.is_wide and unknown:
        log.notices[f"{len(unknown)} other columns not read"] += 1
    for place in () if contract.is_wide else unknown:
        log.notices[f"unknown column '{sheet.text(header_row, place)}' not read"] += 1
    return places


def _known_headers(contract: Contract) -> re.Pattern[str]:
    known = [text for column in contract.columns for text in column.headers]
    patterns = [re.escape(normal(text)) for text in known]
    patterns += [re.escape(normal(text)).replace(r"\*", ".*") for text in contract.not_read]
    return re.compile("|".join(patterns))


def _groups(sheet: Sheet, header_row: int) -> list[str]:
    """Text over each column, which stands in the first cell of its group."""
    groups, current = [], ""
    for text in sheet.row(header_row - 1) if header_row else [""] * len(sheet.columns):
        current = normal(text) or current
        groups.append(current)
    return groups


def _check_merged(sheet: Sheet, header_row: int, places: Mapping[str, int], log: Log) -> None:
    """Merged cells among the figures do not say which row or column their text belongs to."""
    read_places = set(places.values())
    for (top, left), (bottom, right) in sheet.merged or ():
        if bottom < header_row or not read_places & set(range(left, right + 1)):
            continue
        # A title or a note that runs across the whole table is no figure.
        if left < min(read_places) or not any(sheet.text(top, place) for place in range(left, right + 1)):
            continue
        if top == bottom and _is_note(sheet.row(top)):
            continue
        found = f"cells merged as far as {address(bottom, right)}"
        log.errors.append(sheet.error(top, left, found, "a cell of its own for each row and column"))


def _rows(
    contract: Contract,
    sheet: Sheet,
    header_row: int,
    places: Mapping[str, int],
    registers: Registers,
    log: Log,
) -> Iterable[Row]:
    found = [column for column in contract.columns if column.name in places]
    codes = [column for column in found if column.kind == "code"]
    labels = [column for column in found if column.kind == "label"]
    numbers = [column for column in found if column.kind == "number"]
    emptied = [column for column in found if column.empty]
    checks = {
        column.name: frozenset(contract.symbols if column.symbols is None else column.symbols)
        for column in numbers
    }
    areas = {normal(label): code for label, code in contract.areas.items()}
    for number in range(header_row + 1, sheet.height):
        if any(sheet.text(number, places[name]) not in texts for name, texts in contract.wanted.items()):
            continue
        texts = {column.name: sheet.text(number, places[column.name]) for column in found}
        for column in emptied:
            texts[column.name] = "" if texts[column.name] in column.empty else texts[column.name]
        label = next((texts[column.name] for column in labels), "")
        has_figures = any(texts[column.name] for column in numbers)
        code = ""
        if codes:
            printed_code = texts[codes[0].name]
            if not printed_code and not has_figures:
                continue
            log.rows_read += 1
            reason = _other(contract, printed_code) or _kept_out(contract, texts)
            code = registers.resolve(contract.code_kind, printed_code) or ""
            if printed_code in ("", "-") and normal(label) in areas:
                code = areas[normal(label)]
            if not reason and not code and not has_figures and _is_note(texts.values()):
                reason = "note"
            if not reason and not code:
                # A row of figures without a known code is a total only if it says so.
                said = [text for text in (printed_code, label) if text not in ("", "-")]
                reason = "totals row" if said and all(TOTALS.fullmatch(text) for text in said) else ""
            if reason:
                log.left_out[reason] += 1
                continue
            if not code:
                what = f"'{printed_code}'" if printed_code else "figures without a code"
                expected = f"a known {contract.code_kind} code (registers of councils and authorities)"
                log.errors.append(sheet.error(number, places[codes[0].name], what, expected))
                continue
        else:
            if not any(texts.values()):
                continue
            log.rows_read += 1
        for column in numbers:
            text = texts[column.name]
            bounded = code not in areas.values()
            figure, problem = checked(column, text, checks[column.name], bounded)
            if problem:
                log.errors.append(sheet.error(number, places[column.name], f"'{text}'", problem))
            elif figure != text and "," in text:
                log.notices["separator of thousands taken out"] += 1
            if text in checks[column.name]:
                log.symbols[text] += 1
            texts[column.name] = figure
        yield Row(number, code, texts)


def _other(contract: Contract, printed_code: str) -> str:
    """Why a printed code is no authority of the seed; empty if nothing says so."""
    known = contract.other_codes
    beginnings = (key for key in known if key.endswith("*") and printed_code.startswith(key[:-1]))
    return known.get(printed_code) or known.get(next(beginnings, ""), "")


def _kept_out(contract: Contract, texts: Mapping[str, str]) -> str:
    """Why a row stays out by what stands in one of its columns; empty if it does not."""
    reasons = (known.get(normal(texts[name])) for name, known in contract.left_out.items() if name in texts)
    return next((reason for reason in reasons if reason), "")


def _is_note(texts: Iterable[str]) -> bool:
    """Whether a row has a single text, which is no code but words."""
    said = [text for text in texts if text]
    return len(said) == 1 and (len(said[0]) > CODE_LENGTH or said[0].isalpha())


def checked(column: Column, text: str, symbols: frozenset[str], is_bounded: bool = True) -> tuple[str, str]:
    """The text of a figure as it is written, and what was expected instead (empty if it is fine).

    Bounds are those of one authority: figures of England are not bounded.
    """
    if text in symbols:
        return text, ""
    if GROUPED_NUMBER.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        known = _quoted(sorted(symbols), " or ") if symbols else "no symbol"
        what = "a known symbol" if len(text) <= SYMBOL_LENGTH else "a number"
        return text, f"{what} in '{column.headers[0]}': a number or {known}"
    value = float(text)
    if column.is_whole and not value.is_integer():
        return text, f"a whole number in '{column.headers[0]}' ({column.unit})"
    low = -math.inf if column.low is None else column.low
    high = math.inf if column.high is None else column.high
    if is_bounded and not low <= value <= high:
        return text, f"{low:g} to {high:g} in '{column.headers[0]}' ({column.unit})"
    if column.shortest:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value), ""
    return text, ""


def _one_row_per_key(
    contract: Contract, sheet: Sheet, places: Mapping[str, int], rows: Sequence[Row], log: Log
) -> list[Row]:
    """Rows by key; one printed twice alike is taken once, one printed twice differently is an error."""
    codes = {column.name for column in contract.columns if column.kind == "code"}
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.code if name in codes else row.texts[name] for name in contract.key)
        first = seen.setdefault(key, row)
        if first is row:
            continue
        if first.texts == row.texts:
            log.notices["row printed twice alike, taken once"] += 1
            continue
        found = f"{', '.join(key)} a second time (first in row {first.number + 1})"
        log.errors.append(sheet.error(row.number, places[contract.key[0]], found, "one row for each"))
    return list(seen.values())


def _check_medians(
    contract: Contract,
    sheet: Sheet,
    header_row: int,
    places: Mapping[str, int],
    rows: Sequence[Row],
    log: Log,
) -> None:
    for column in contract.columns:
        if column.median is None or column.name not in places:
            continue
        texts = (row.texts[column.name] for row in rows)
        values = [abs(float(text)) for text in texts if NUMBER.fullmatch(text) and float(text)]
        middle = statistics.median(values) if values else None
        low, high = column.median
        if middle is not None and not low <= middle <= high:
            found = f"a median of {middle:g}"
            expected = f"{low:g} to {high:g} {column.unit}: has the unit changed?"
            log.errors.append(sheet.error(header_row, places[column.name], found, expected))


def check_missing(table: Table, expected: set[str], registers: Registers, log: Log) -> None:
    """Notice each expected authority without a row; too many of them are an error."""
    present = {row.code for row in table.rows}
    missing = sorted(expected - present)
    for code in missing:
        log.notices[f"no row for {registers.names.get(code, code)} ({code})"] += 1
    if len(missing) > table.contract.may_be_missing:
        some = f"{', '.join(missing[:5])} ..."
        found = f"no row for {len(missing)} of {len(expected)} expected authorities ({some})"
        wanted = f"at most {table.contract.may_be_missing} missing"
        log.errors.append(table.sheet.error(table.header_row, table.code_place, found, wanted))


def check_texts(contract: Contract, sheet: Sheet, column: str, known: set[str], log: Log) -> None:
    """Each text of a column has to be a known one: a new item is neither read nor left out unseen."""
    header_row = find_header(contract, sheet)
    place = find_columns(contract, sheet, header_row, Log())[column]
    first: dict[str, int] = {}
    for row in range(header_row + 1, sheet.height):
        first.setdefault(sheet.text(row, place), row)
    for text, row in first.items():
        if text and text not in known:
            log.errors.append(sheet.error(row, place, f"'{text}'", f"one of {_quoted(sorted(known))}"))


def check_scale(
    tables: Iterable[tuple[tuple[str, ...], Sequence[str]]], sheet: Sheet, log: Log, factor: float = 100
) -> None:
    """Against a changed unit in one period of a long table.

    Args:
        tables: For each period of each item, in order: (item, period) and the texts of its figures.
        sheet: What an error names.
        log: Takes the errors.
        factor: How far the median of the numbers other than 0 may be from that of the period before.
    """
    medians: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (item, period), texts in tables:
        values = [abs(float(text)) for text in texts if NUMBER.fullmatch(text) and float(text)]
        if values:
            medians[item].append((period, statistics.median(values)))
    for item, series in medians.items():
        for (before, old), (period, new) in pairwise(series):
            if not 1 / factor < new / old < factor:
                found = f"a median of {new:g} for {item} in {period} after {old:g} in {before}"
                log.errors.append(IngestError(sheet.file, found, "the same unit in both", sheet.name))


def _quoted(texts: Iterable[str], between: str = ", ") -> str:
    return between.join(f"'{text}'" for text in texts)


@dataclass(frozen=True)
class Part:
    """Figures of one seed out of one sheet, for one block: what provenance and superseding go by.

    Attributes:
        seed: Path of the seed below ``seeds``, without ``.csv``.
        sheet: Name of the sheet.
        block: Texts of the seed's block columns (period, item); empty where the seed has none.
        code_kind: Kind of the code printed in the code column.
        code_column: Letters of the code column.
        columns: Value columns of the seed to the letters of the column they stand in.
        rows: Key of the seed row to its row in the sheet (from 0) and its values in the order of ``columns``.
    """

    seed: str
    sheet: str
    block: tuple[str, ...]
    code_kind: str
    code_column: str
    columns: Mapping[str, str]
    rows: Mapping[tuple[str, ...], tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Reading:
    """What a reader took from one file.

    Attributes:
        edition: Text that sorts by age within the publication: a newer one supersedes an older one.
        period: Period covered, for people.
        parts: The figures.
    """

    edition: str
    period: str
    parts: Sequence[Part]


def parts_of(
    table: Table,
    key: Sequence[str],
    block: Sequence[str],
    values: Sequence[str],
    constants: Mapping[str, str] | None = None,
    seed: str = "",
) -> list[Part]:
    """Cut a table into parts.

    Args:
        table: The table read.
        key: Key columns of the seed, in its order. ``printed_code`` is the row's ONS code.
        block: Those of the key columns that make a block, ``("item_id", "period")``.
        values: Value columns of the seed; those the table does not have are left out.
        constants: Key columns that the table has no column for, ``{"month": "2018-04"}``.
        seed: The seed, if it is not the contract's.

    Raises:
        IngestError: Two rows of the table would be one row of the seed.
    """
    constants = dict(constants or {})
    held = [name for name in values if name in table.places]
    rows: dict[tuple[str, ...], dict[tuple[str, ...], tuple[int, tuple[str, ...]]]] = defaultdict(dict)
    for row in table.rows:
        texts = row.texts | constants | {"printed_code": row.code}
        name = tuple(texts[column] for column in key)
        of_block = rows[tuple(texts[column] for column in block)]
        if name in of_block:
            found = f"{', '.join(name)} a second time (first in row {of_block[name][0] + 1})"
            raise table.sheet.error(row.number, table.code_place, found, "one row of the seed for each")
        of_block[name] = (row.number, tuple(row.texts[column] for column in held))
    columns = {name: letters(table.places[name]) for name in held}
    contract = table.contract
    return [
        Part(
            seed or contract.seed,
            table.sheet.name,
            of_block,
            contract.code_kind,
            letters(table.code_place),
            columns,
            found,
        )
        for of_block, found in sorted(rows.items())
    ]


def parts_by_period(table: Table, value: str) -> list[Part]:
    """Cut a table with a column for each period into a part for each, of rows (code, period).

    Args:
        table: A table whose number columns are periods (see ``with_periods``).
        value: Value column of the seed.
    """
    contract = table.contract
    return [
        Part(
            contract.seed,
            table.sheet.name,
            (column.name,),
            contract.code_kind,
            letters(table.code_place),
            {value: letters(table.places[column.name])},
            {(row.code, column.name): (row.number, (row.texts[column.name],)) for row in table.rows},
        )
        for column in contract.columns
        if column.kind == "number"
    ]


def check_missing_parts(
    parts: Iterable[Part], expected: Callable[[str], set[str]], table: Table, log: Log
) -> None:
    """``check_missing`` for each block of a long table.

    Args:
        parts: Parts of the table, whose keys begin with the code.
        expected: Told a block's last text, its period: the authorities that have to be printed.
        table: What errors name.
        log: Takes errors and notices.
    """
    limit = table.contract.may_be_missing
    for part in parts:
        missing = sorted(expected(part.block[-1]) - {key[0] for key in part.rows})
        some = ", ".join(missing[:5])
        if len(missing) > limit:
            found = f"no row for {len(missing)} authorities in {' '.join(part.block)} ({some} ...)"
            wanted = f"at most {limit} missing"
            log.errors.append(table.sheet.error(table.header_row, table.code_place, found, wanted))
        elif missing:
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            log.notices[f"no row for {some}{more} in {' '.join(part.block)}"] += 1
