"""Opens a published file, whatever its name says, and gives its sheets as grids of printed text.

The kind of a file is told from its first bytes: OLE (xls), zip (xlsx, xlsb, ods), Parquet, or text (csv).
Nothing here knows a publication. Rows and columns are counted from 0; people read A1 addresses.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import duckdb
import python_calamine

from scripts.ingest.cells import OLE_MAGIC, look
from scripts.ingest.delimited import LARGEST_TEXT, read_text
from scripts.ingest.errors import IngestError as IngestError

ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
#: First record of an xls workbook: its kind, its length, the version of the format.
WORKBOOK_BEGINS = struct.pack("<HHH", 0x0809, 16, 0x0600)
FILEPASS = 0x002F
FIRST_RECORDS = 8
SECTOR_FREE = 0xFFFFFFFF
#: A workbook or Parquet file; the largest held is a tenth of it.
LARGEST = 32 << 20
MOST_CELLS = 10_000_000
#: Rows from the top in which headers are looked for.
TOP_ROWS = 40
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Value = object
MergedRange = tuple[tuple[int, int], tuple[int, int]]


def letters(column: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """A1 address of a cell counted from 0."""
    return f"{letters(column)}{row + 1}"


def printed(value: Value) -> str:
    """One stable text of a cell: whole numbers without ``.0``, the shortest digits that give the same float.

    Dates are ISO; text loses the blanks around it and no-break spaces become blanks.
    """
    if isinstance(value, str):
        return value.replace("\xa0", " ").strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


@dataclass(frozen=True)
class Sheet:
    """A grid of cells, kept by columns: ``columns[c][r]``, every column of the same length.

    ``merged`` holds ranges of merged cells, first and last cell each; ``None`` where the format does not say.
    """

    file: str
    name: str
    columns: Sequence[Sequence[Value]]
    merged: tuple[MergedRange, ...] | None = None

    @property
    def height(self) -> int:
        """Rows in the grid."""
        return len(self.columns[0]) if self.columns else 0

    def text(self, row: int, column: int) -> str:
        """Printed text of a cell; empty outside the grid."""
        if 0 <= column < len(self.columns) and 0 <= row < self.height:
            return printed(self.columns[column][row])
        return ""

    @cached_property
    def top(self) -> list[frozenset[str]]:
        """Texts of the first rows in their normal form: what a file is recognised by."""
        rows = range(min(TOP_ROWS, self.height))
        return [frozenset(map(normal, filter(None, self.row(row)))) for row in rows]

    def row(self, row: int) -> list[str]:
        """Printed texts of a row."""
        return [printed(column[row]) for column in self.columns]

    def error(self, row: int, column: int, found: str, expected: str) -> IngestError:
        """An error that names a cell of this sheet."""
        return IngestError(self.file, found, expected, self.name, address(row, column))


@dataclass(frozen=True)
class Book:
    """An opened file. ``notices`` says what was handled by rule while opening it."""

    path: Path
    name: str
    kind: str
    sha256: str
    size: int
    sheets: tuple[Sheet, ...]
    notices: tuple[str, ...] = field(default=())

    def sheet(self, *names: str) -> Sheet | None:
        """The sheet of one of these names, whatever its case and spacing; ``None`` if there is none."""
        wanted = {normal(name) for name in names}
        return next((sheet for sheet in self.sheets if normal(sheet.name) in wanted), None)


@lru_cache(maxsize=1 << 16)
def normal(text: str) -> str:
    """Text to compare headers and names by: lower case, one kind of dash, one blank between words."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text.replace("\u2019", "'"))
    return " ".join(text.replace("\xa0", " ").split()).casefold()


def open_book(path: Path, name: str | None = None) -> Book:
    """Open a file by what it holds.

    Args:
        path: The file.
        name: What messages call it; by default its own name.

    Raises:
        IngestError: The file is too large, empty, cut off, encrypted, or of no kind that is known.
    """
    name = name or path.name
    _check_size(name, path)
    content = path.read_bytes()
    kind = kind_of(name, content)
    if kind == "parquet":
        sheets, notices = _parquet(name, path)
    else:
        sheets, notices = {"csv": _csv, "json": _json}.get(kind, _spreadsheet)(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Book(path, name, kind, sha256, len(content), sheets, notices)


def _check_size(name: str, path: Path) -> None:
    """Refuse a file by its size before it is read: text takes many times its own size in memory."""
    with path.open("rb") as source:
        start = source.read(4)
    is_packed = start.startswith((OLE_MAGIC[:4], b"PK\x03\x04", b"PAR1"))
    size, limit = path.stat().st_size, LARGEST if is_packed else LARGEST_TEXT
    if size > limit:
        raise IngestError(name, f"a file of {size:,} bytes", f"at most {limit:,}")


def kind_of(name: str, content: bytes) -> str:
    """``xls``, ``zip`` (xlsx, xlsb, ods), ``parquet``, ``json`` or ``csv``, by content.

    Raises:
        IngestError: Nothing that can be read, with the reason.
    """
    known = "an xls, xlsx, ods, csv or Parquet file"
    if not content:
        raise IngestError(name, "a file of zero bytes", known)
    if content.startswith(OLE_MAGIC):
        if ENCRYPTED_PACKAGE in content or _has_filepass(content):
            raise IngestError(name, "an encrypted workbook", "a workbook that opens without a password")
        _check_ole_is_whole(name, content)
        return "xls"
    if content.startswith(b"PK\x03\x04"):
        if not zipfile.is_zipfile(io.BytesIO(content)):
            raise IngestError(name, "a workbook that breaks off (no zip directory at its end)", known)
        return "zip"
    if content.startswith(b"PAR1"):
        if not content.endswith(b"PAR1"):
            raise IngestError(name, "a Parquet file that breaks off (no footer)", known)
        return "parquet"
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise IngestError(name, "a web page or XML", known)
    if start.startswith(b"{"):
        return "json"
    if b"\0" in content and not content.startswith(UTF_16):
        raise IngestError(name, f"an unknown kind of file (it begins {content[:4].hex(' ')})", known)
    return "csv"


def _has_filepass(content: bytes) -> bool:
    """Whether an xls workbook says, among its first records, that what follows is encrypted."""
    start = content.find(WORKBOOK_BEGINS)
    for _ in range(FIRST_RECORDS if start >= 0 else 0):
        if start + 4 > len(content):
            break
        kind, length = struct.unpack_from("<HH", content, start)
        if kind == FILEPASS:
            return True
        start += 4 + length
    return False


def _check_ole_is_whole(name: str, content: bytes) -> None:
    """Every sector that the file's own allocation table uses must be there: xls readers do not ask."""
    whole = "a whole xls workbook"
    if len(content) < 512:
        raise IngestError(name, f"a workbook that breaks off after {len(content)} bytes", whole)
    size = 1 << struct.unpack_from("<H", content, 0x1E)[0]
    tables = struct.unpack_from("<I", content, 0x2C)[0]
    entries = size // 4
    last = -1
    # The first 109 allocation tables are listed in the header; that is 6.8 MB of 512-byte sectors.
    for order, sector in enumerate(struct.unpack_from("<109I", content, 0x4C)[:tables]):
        start = (sector + 1) * size
        if start + size > len(content):
            raise IngestError(name, f"a workbook that breaks off after {len(content)} bytes", whole)
        table = struct.unpack_from(f"<{entries}I", content, start)
        used = [index for index, after in enumerate(table) if after != SECTOR_FREE]
        last = max(last, order * entries + used[-1]) if used else last
    # Writers may leave the padding of the very last sector out.
    if (last + 1) * size >= len(content):
        found = f"a workbook that breaks off after {len(content)} of {(last + 2) * size} bytes"
        raise IngestError(name, found, whole)


def _spreadsheet(name: str, content: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    said = look(name, content)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        sheets = []
        for sheet_name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(sheet_name)
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges
            ranges = None if merged is None else tuple(merged)
            columns = _as_shown(list(zip(*rows, strict=True)), said.texts.get(sheet_name, {}))
            sheets.append(Sheet(name, sheet_name, columns, ranges))
    except python_calamine.PasswordError as error:
        raise IngestError(
            name, "an encrypted workbook", "a workbook that opens without a password"
        ) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise IngestError(name, f"a damaged workbook ({error})", "a workbook that can be read") from error
    return tuple(sheets), tuple(said.notices)


def _as_shown(
    columns: list[tuple[Value, ...]], texts: Mapping[tuple[int, int], str]
) -> Sequence[Sequence[Value]]:
    """Columns with the texts of cells in place of what the reader of spreadsheets gives."""
    if not texts:
        return columns
    height = max(len(columns[0]) if columns else 0, *(row + 1 for row, _ in texts))
    width = max(len(columns), *(place + 1 for _, place in texts))
    shown: list[list[Value]] = [list(column) for column in columns]
    shown += [[] for _ in range(width - len(shown))]
    for column in shown:
        column += [""] * (height - len(column))
    for (row, place), text in texts.items():
        shown[place][row] = text
    return shown


def _csv(name: str, content: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    columns, notices = read_text(name, content)
    return (Sheet(name, "", columns),), notices


def _json(name: str, content: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Boundaries come as JSON: no table, but a row of top-level names to recognise a file by."""
    try:
        names = list(json.loads(content))
    except ValueError as error:
        raise IngestError(name, f"JSON that breaks off or is damaged ({error})", "whole JSON") from error
    return (Sheet(name, "", [[key] for key in names]),), ()


def _parquet(name: str, path: Path) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    columns = []
    try:
        with duckdb.connect() as connection:
            table = connection.read_parquet(str(path))
            if (cells := table.shape[0] * table.shape[1]) > MOST_CELLS:
                raise IngestError(name, f"a table of {cells:,} cells", f"at most {MOST_CELLS:,}")
            for column_name in table.columns:
                quoted = column_name.replace('"', '""')
                # Equal values share one object: a column of a million rows holds a few thousand texts.
                known: dict[Value, Value] = {}
                values = (value for (value,) in table.project(f'"{quoted}"').fetchall())
                columns.append([column_name, *(known.setdefault(value, value) for value in values)])
    except (duckdb.Error, TypeError) as error:
        # Among them a column of lists or records, which has no one text.
        reason = str(error).splitlines()[0]
        raise IngestError(name, f"a damaged Parquet file ({reason})", "a whole Parquet file") from error
    return (Sheet(name, "", columns),), ()
