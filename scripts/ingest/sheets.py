"""Where a contract's table stands: its sheet, its header row, its columns, and what is no part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from scripts.ingest.contract import Column, Contract, Log, Row
from scripts.ingest.workbook import IngestError, Sheet, Value, address, normal

CODE_LENGTH = 10
#: A figure with a second one in brackets: carers in 2016-17, under the weights of before.
WITH_BRACKETS = re.compile(r"([\d.,]+) \([\d.,:]+\)")


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
        expected = f"a row with the headers {quoted(column.headers[0] for column in required)}"
        raise sheet.error(0, 0, f"none of the headers in the first {contract.searched_rows} rows", expected)
    texts = {normal(text) for text in sheet.row(best) if text}
    missing = [column for column, headers in zip(required, accepted, strict=True) if not headers & texts]
    known = _known_headers(contract)
    headers_there = enumerate(sheet.row(best))
    strange = [(place, text) for place, text in headers_there if text and not known.fullmatch(normal(text))]
    place = strange[0][0] if strange else 0
    found = f"the unknown header {quoted(text for _, text in strange)}" if strange else "no such header"
    expected = "; ".join(f"a column headed {quoted(column.headers, ' or ')}" for column in missing)
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


def check_merged(sheet: Sheet, header_row: int, places: Mapping[str, int], log: Log) -> None:
    """Merged cells among the figures do not say which row or column their text belongs to."""
    read_places = set(places.values())
    for (top, left), (bottom, right) in sheet.merged or ():
        if bottom < header_row or not read_places & set(range(left, right + 1)):
            continue
        # A title or a note that runs across the whole table is no figure.
        if left < min(read_places) or not any(sheet.text(top, place) for place in range(left, right + 1)):
            continue
        if top == bottom and is_note(sheet.row(top)):
            continue
        found = f"cells merged as far as {address(bottom, right)}"
        log.errors.append(sheet.error(top, left, found, "a cell of its own for each row and column"))


def is_note(texts: Iterable[str]) -> bool:
    """Whether a row has a single text, which is no code but words."""
    said = [text for text in texts if text]
    return len(said) == 1 and (len(said[0]) > CODE_LENGTH or said[0].isalpha())


def quoted(texts: Iterable[str], between: str = ", ") -> str:
    """Texts in quotation marks, one after the other."""
    return between.join(f"'{text}'" for text in texts)


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
    contract: Contract,
    sheet: Sheet,
    reason_of: Callable[[Mapping[str, str]], str],
    log: Log,
    others: list[Row] | None = None,
) -> Sheet:
    """The sheet without rows that belong to no seed: they are blank, so that the others keep their numbers.

    Args:
        contract: Names the columns.
        sheet: The sheet as published.
        reason_of: Told a row's texts by column; why it is left out, or an empty text.
        log: Takes how many rows were left out, by reason.
        others: Takes these rows, under the code that is printed.

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
            if others is not None:
                code = next((texts[each.name] for each in contract.columns if each.kind == "code"), "")
                others.append(Row(number, code, texts))
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


def without_brackets(sheet: Sheet, log: Log) -> Sheet:
    """The sheet with the first of two figures where a cell prints a second in brackets."""
    columns = []
    for column in sheet.columns:
        cells: list[Value] = []
        for value in column:
            found = WITH_BRACKETS.fullmatch(value.strip()) if isinstance(value, str) else None
            if found:
                log.notices["second figure in brackets not read"] += 1
            cells.append(found[1] if found else value)
        columns.append(cells)
    return replace(sheet, columns=columns)
