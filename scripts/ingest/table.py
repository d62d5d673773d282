"""Read a sheet by its contract: row by row, cell by cell."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence

from scripts.ingest.contract import NUMBER, Column, Contract, Log, Row, Table
from scripts.ingest.registers import Registers
from scripts.ingest.sheets import check_merged, find_columns, find_header, is_note, quoted
from scripts.ingest.workbook import Sheet, normal

GROUPED_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
PLAIN_WHOLE = re.compile(r"-?\d+", re.ASCII)
TOTALS = re.compile(
    r"(grand |sub-?)?totals?\b.*|(rest of )?england( total)?|all (councils|authorities|england)", re.I
)
SYMBOL_LENGTH = 4


def read(contract: Contract, sheet: Sheet, registers: Registers, log: Log) -> Table:
    """Read a sheet by its contract.

    Errors go to ``log``; the table is of use only if there are none.

    Raises:
        IngestError: Its header row cannot be found, so that nothing can be read.
    """
    header_row = find_header(contract, sheet)
    places = find_columns(contract, sheet, header_row, log)
    check_merged(sheet, header_row, places, log)
    others: list[Row] = []
    rows = list(_rows(contract, sheet, header_row, places, registers, log, others))
    rows = _one_row_per_key(contract, sheet, places, rows, log)
    _check_medians(contract, sheet, header_row, places, rows, log)
    return Table(contract, sheet, header_row, places, rows, others)


def _rows(
    contract: Contract,
    sheet: Sheet,
    header_row: int,
    places: Mapping[str, int],
    registers: Registers,
    log: Log,
    others: list[Row],
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
    grouped: dict[str, tuple[int, str]] = {}
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
            code = registers.resolve(contract.code_kind, printed_code, contract.publication_id) or ""
            is_area = printed_code in ("", "-") and normal(label) in areas
            if is_area:
                code = areas[normal(label)]
            if not reason and not code and not has_figures and is_note(texts.values()):
                reason = "note"
            if not reason and not code:
                # A row of figures without a known code is a total only if it says so.
                said = [text for text in (printed_code, label) if text not in ("", "-")]
                reason = "totals row" if said and all(TOTALS.fullmatch(text) for text in said) else ""
            if reason:
                log.left_out[reason] += 1
                if has_figures:
                    others.append(Row(number, printed_code, texts))
                continue
            if not code:
                what = f"'{printed_code}'" if printed_code else "figures without a code"
                expected = f"a known {contract.code_kind} code (registers of councils and authorities)"
                log.errors.append(sheet.error(number, places[codes[0].name], what, expected))
                continue
            known = registers.known_names.contradiction(code, label) if labels and not is_area else ""
            if known:
                found_name = f"'{label}' beside the code {printed_code}"
                expected = f"'{known}', which the register calls it"
                log.errors.append(sheet.error(number, places[labels[0].name], found_name, expected))
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
                if not column.is_whole and "." not in text:
                    grouped.setdefault(column.name, (number, text))
            if text in checks[column.name]:
                log.symbols[text] += 1
            texts[column.name] = figure
        yield Row(number, code, texts)
    for name, (number, text) in grouped.items():
        if shown := _without_separator(sheet, header_row, places[name]):
            expected = f"thousands set apart in every figure or in none: '{shown}' stands in the column too"
            log.errors.append(sheet.error(number, places[name], f"'{text}'", expected))


def _without_separator(sheet: Sheet, header_row: int, place: int) -> str:
    """A figure of a column with decimals, or of thousands that are not set apart; empty if there is none.

    Beside it a comma may be that of a decimal: 21,345 is not known to be above 21,000.
    """
    texts = (sheet.text(row, place) for row in range(header_row + 1, sheet.height))
    numbers = (text for text in texts if NUMBER.fullmatch(text))
    return next((text for text in numbers if "." in text or abs(float(text)) >= 1000), "")


def _other(contract: Contract, printed_code: str) -> str:
    """Why a printed code is no authority of the seed; empty if nothing says so."""
    known = contract.other_codes
    beginnings = (key for key in known if key.endswith("*") and printed_code.startswith(key[:-1]))
    return known.get(printed_code) or known.get(next(beginnings, ""), "")


def _kept_out(contract: Contract, texts: Mapping[str, str]) -> str:
    """Why a row stays out by what stands in one of its columns; empty if it does not."""
    reasons = (known.get(normal(texts[name])) for name, known in contract.left_out.items() if name in texts)
    return next((reason for reason in reasons if reason), "")


def checked(column: Column, text: str, symbols: frozenset[str], is_bounded: bool = True) -> tuple[str, str]:
    """The text of a figure as it is written, and what was expected instead (empty if it is fine).

    Bounds are those of one authority: figures of England are not bounded.
    """
    if text in symbols:
        return text, ""
    if GROUPED_NUMBER.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        known = quoted(sorted(symbols), " or ") if symbols else "no symbol"
        what = "a known symbol" if len(text) <= SYMBOL_LENGTH else "a number"
        return text, f"{what} in '{column.headers[0]}': a number or {known}"
    value = float(text)
    if column.is_whole and not value.is_integer():
        return text, f"a whole number in '{column.headers[0]}' ({column.unit})"
    low = -math.inf if column.low is None else column.low
    high = math.inf if column.high is None else column.high
    if is_bounded and not low <= value <= high:
        return text, f"{low:g} to {high:g} in '{column.headers[0]}' ({column.unit})"
    # Every digit of a count is written: 4708.0 and 2.1e3 are 4708 and 2100.
    if column.shortest or (column.is_whole and not PLAIN_WHOLE.fullmatch(text)):
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
