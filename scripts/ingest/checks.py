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
from scripts.ingest.workbook import IngestError, Sheet, letters

#: Share of figures like those of the period before, above what any series held has shown (0.32).
COPIED = 0.6
FEWEST_COPIED = 30
#: Authorities with a kind of row in the period before: fewer may all be without it in the next.
FEWEST_OF_KIND = 20


def check_missing(table: Table, expected: set[str], registers: Registers, log: Log) -> bool:
    """Notice each expected authority without a row; too many of them are an error.

    Returns whether all have one.
    """
    publication = table.contract.publication_id
    present = {row.code for row in table.rows}
    present |= {registers.stands_for(publication, code) for code in present}
    missing = sorted(expected - present)
    for code in missing:
        log.notices[f"no row for {registers.names.get(code, code)} ({code})"] += 1
    if len(missing) > table.contract.may_be_missing:
        some = f"{', '.join(missing[:5])} ..."
        found = f"no row for {len(missing)} of {len(expected)} expected authorities ({some})"
        wanted = f"at most {table.contract.may_be_missing} missing"
        log.errors.append(table.sheet.error(table.header_row, table.code_place, found, wanted))
    return not missing


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


def check_parts(table: Table, pairs: Iterable[tuple[str, str]], log: Log) -> None:
    """A part is not larger than its whole: else columns, or their headers, have changed places.

    Args:
        table: The table read.
        pairs: Column of the part and column of the whole; a pair of which one is not printed is passed over.
        log: Takes the errors.
    """
    for part, whole in pairs:
        if part not in table.places or whole not in table.places:
            continue
        for row in table.rows:
            texts = row.texts[part], row.texts[whole]
            if all(map(NUMBER.fullmatch, texts)) and float(texts[0]) > float(texts[1]):
                expected = f"at most the total in column {letters(table.places[whole])}"
                found = f"{texts[0]} of {texts[1]}"
                log.errors.append(table.sheet.error(row.number, table.places[part], found, expected))


def check_sums(table: Table, parts: Sequence[str], whole: str, log: Log) -> None:
    """Parts add up to their whole in every row where all are numbers."""
    names = [name for name in parts if name in table.places]
    for row in table.rows:
        texts = [row.texts[name] for name in (*names, whole)]
        if all(map(NUMBER.fullmatch, texts)):
            *numbers, total = map(float, texts)
            if abs(sum(numbers) - total) > 0.5:
                expected = f"{sum(numbers):,.10g}, the sum of its parts"
                log.errors.append(table.sheet.error(row.number, table.places[whole], texts[-1], expected))


def check_copies(parts: Iterable[Part], sheet: Sheet, log: Log) -> None:
    """A period does not print the figures of the one before again.

    Args:
        parts: Parts of a long table in order, whose blocks end with the period and keys hold it.
        sheet: What an error names.
        log: Takes the errors.
    """
    before: dict[tuple[str, ...], tuple[str, dict[tuple[str, ...], str]]] = {}
    for part in parts:
        *item, period = part.block
        for place, column in enumerate(part.columns):
            figures = {
                tuple(text for text in key if text != period): texts[place]
                for key, (_, texts) in part.rows.items()
            }
            name = (part.seed, *item, column)
            earlier, known = before.get(name, ("", {}))
            before[name] = (period, figures)
            telling = [key for key, text in figures.items() if key in known and _tells(text)]
            alike = sum(known[key] == figures[key] for key in telling)
            if len(telling) >= FEWEST_COPIED and alike >= COPIED * len(telling):
                what = " ".join((*item, column))
                found = f"{alike} of {len(telling)} figures of {what} in {period} as in {earlier}"
                log.errors.append(IngestError(sheet.file, found, "a period's own figures", part.sheet))


def _tells(text: str) -> bool:
    """Whether a figure is large or exact enough not to be the same again by chance."""
    return bool(NUMBER.fullmatch(text)) and abs(float(text)) >= 10


def check_kinds(parts: Sequence[Part], sheet: Sheet, log: Log) -> None:
    """A kind of row that the period before has for many authorities is not gone from the last period.

    Args:
        parts: Parts by period in order, whose keys end with the kind.
        sheet: What an error names.
        log: Takes the errors.
    """
    if len(parts) < 2:
        return
    *_, before, last = parts
    kept = {key[-1] for key in last.rows}
    for kind in sorted({key[-1] for key in before.rows} - kept):
        count = sum(key[-1] == kind for key in before.rows)
        if count >= FEWEST_OF_KIND:
            found = f"no row of '{kind}' in {last.block[-1]}, after {count} in {before.block[-1]}"
            log.errors.append(IngestError(sheet.file, found, "a row for each kind", last.sheet))


def check_percentages(part: Part, file: str, log: Log) -> None:
    """No share of people is above all of them."""
    ((column, letter),) = part.columns.items()
    for key, (number, (text,)) in part.rows.items():
        if NUMBER.fullmatch(text) and float(text) > 100:
            found = f"{text} as {column} of {' '.join(key)}"
            error = IngestError(file, found, "a percentage up to 100", part.sheet, f"{letter}{number + 1}")
            log.errors.append(error)
