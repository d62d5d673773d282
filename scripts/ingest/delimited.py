"""A table kept as text: csv, or the same with tabs."""

from __future__ import annotations

import csv
import io
import re

from scripts.ingest.errors import IngestError

#: Read, text takes some fifteen times its size.
LARGEST_TEXT = 32 << 20
#: Longer fields than Python's default stand in dictionaries of measures.
LONGEST_FIELD = 1 << 24
#: Rows in which the sign between fields is looked for.
FIRST_LINES = 40
#: How a line below a table begins that is none of its rows.
NOTE = re.compile(r"(sources?|notes?|footnotes?|contact|copyright|last updated?)\b|©|\(c\)", re.I)


def read_text(name: str, content: bytes) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Columns of a table of text, and what was handled by rule.

    Args:
        name: What messages call the file.
        content: The file.

    Raises:
        IngestError: Its letters or the sign between fields are none that is read, or it breaks off.
    """
    text, notices = _decoded(name, content)
    sign, of_sign = _sign_between(name, text)
    csv.field_size_limit(LONGEST_FIELD)
    try:
        # Equal texts share one object: a table of a million cells holds a few thousand.
        known: dict[str, str] = {}
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=sign)
        rows = [[known.setdefault(field, field) for field in row] for row in reader]
    except csv.Error as error:
        raise IngestError(name, f"a table that breaks off or is damaged ({error})", "a whole csv") from error
    rows, of_notes = _without_notes(rows)
    if not rows:
        raise IngestError(name, "no text but blanks", "a table")
    width = max(map(len, rows))
    # A row that is cut off is short; rows above a table may have fewer fields, so only the last is told on.
    if len(rows) > 1 and len(rows[-1]) < width and len(rows[-2]) == width:
        found = f"{len(rows[-1])} fields in the last row, {len(rows)}, of {width}"
        raise IngestError(name, found, "a table that does not break off")
    padded = [row + [""] * (width - len(row)) for row in rows]
    return list(zip(*padded, strict=True)), (*notices, *of_sign, *of_notes)


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ("text in UTF-16, not UTF-8: read as that",)
        except UnicodeDecodeError as error:
            raise IngestError(name, f"UTF-16 that breaks off at byte {error.start}", "whole text") from error
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        try:
            return content.decode("cp1252"), ("text in Windows-1252, not UTF-8: read as that",)
        except UnicodeDecodeError:
            found = f"byte {content[error.start]:#x} at {error.start}, neither UTF-8 nor Windows-1252"
            raise IngestError(name, found, "text in UTF-8 or Windows-1252") from error


def _sign_between(name: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The sign between fields: a comma, or a tab where there is no comma that parts fields.

    Semicolons are refused: where they are used a comma may be that of a decimal, and 21,345 could be either.
    """
    lines = [line for line in text.split("\n", FIRST_LINES)[:FIRST_LINES] if line.strip()]
    # Two rows alike in their number of signs are a table, one may be a sentence.
    counts = {sign: sorted((line.count(sign) for line in lines), reverse=True)[:2] for sign in ",\t;"}
    of_table = {sign: count[-1] for sign, count in counts.items() if count}
    tabs, semicolons = of_table.get("\t", 0), of_table.get(";", 0)
    first = lines[0] if lines else ""
    if semicolons > of_table.get(",", 0) and first.count(";") > first.count(","):
        raise IngestError(name, "fields set apart by semicolons", "commas or tabs between fields")
    if tabs and tabs > of_table.get(",", 0) and first.count("\t") >= first.count(","):
        return "\t", ("fields set apart by tabs, not commas: read as that",)
    return ",", ()


def _without_notes(rows: list[list[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Rows without blank ones and lines such as a source below the last.

    Blank lines between rows stay: they count when a spreadsheet numbers rows.
    """
    notes, last = 0, len(rows)
    while last:
        said = [field for field in rows[last - 1] if field.strip()]
        if len(said) == 1 and NOTE.match(said[0].strip()):
            notes += 1
        elif rows[last - 1] and (said or not notes):
            break
        last -= 1
    # A table of one column has no notes, and one of notes only is no table.
    if not notes or not any(len(row) > 1 for row in rows[:last]):
        last = max((number for number, row in enumerate(rows, start=1) if row), default=0)
        return rows[:last], ()
    return rows[:last], (f"note below the table: {notes}",)
