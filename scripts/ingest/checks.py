"""Checks of a table once it is read: rows that are missing, texts nobody knows, a unit that changed."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from scripts.ingest.contract import NUMBER, Contract, Log, Table
from scripts.ingest.parts import Part
from scripts.ingest.registers import Registers
from scripts.ingest.sheets import find_columns, find_header, quoted
from scripts.ingest.workbook import IngestError, Sheet


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


def check_texts(contract: Contract, sheet: Sheet, column: str, known: set[str], log: Log) -> None:
    """Each text of a column has to be a known one: a new item is neither read nor left out unseen."""
    header_row = find_header(contract, sheet)
    place = find_columns(contract, sheet, header_row, Log())[column]
    first: dict[str, int] = {}
    for row in range(header_row + 1, sheet.height):
        first.setdefault(sheet.text(row, place), row)
    for text, row in first.items():
        if text and text not in known:
            log.errors.append(sheet.error(row, place, f"'{text}'", f"one of {quoted(sorted(known))}"))


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
