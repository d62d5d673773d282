"""Cells of an xls workbook (BIFF8), told from its records.

The workbook is a stream inside a small file system (OLE): sectors in chains that an allocation table links.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scripts.ingest.cells.said import NUMBER_TEXT, Said, check_size, hidden, shows
from scripts.ingest.errors import IngestError

HEADER = 512
END_OF_CHAIN = 0xFFFFFFFA
IN_HEADER = 109
ENTRY = 128
#: Kinds of record.
BOF, EOF, BOUNDSHEET, FORMAT, FONT, XF, SST, CONTINUE = 0x809, 0x0A, 0x85, 0x41E, 0x31, 0xE0, 0xFC, 0x3C
NUMBER, RK, MULRK, LABELSST, BOOLERR, FORMULA = 0x203, 0x27E, 0xBD, 0xFD, 0x205, 0x06
CELLS = (NUMBER, RK, MULRK, LABELSST, BOOLERR, FORMULA)
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
WORKSHEET = 0
SUPERSCRIPT = 1
#: Formats without a text of their own show dates or numbers.
BUILT_IN = "General"
Record = tuple[int, int, bytes]


@dataclass
class Globals:
    """What a workbook says before its sheets.

    Attributes:
        sheets: Place of each worksheet in the stream to its name.
        codes: Number of a format to its text.
        styles: Number of each style's format, in order.
        raised: Numbers of the fonts that are raised.
        strings: Records of the table of strings, which goes on from one to the next.
    """

    sheets: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    raised: set[int] = field(default_factory=set)
    strings: list[bytes] = field(default_factory=list)


def look(name: str, content: bytes) -> Said:
    """Errors, raised note marks and hidden numbers of every sheet."""
    said = Said()
    try:
        _look(name, _workbook(content), said)
    except (struct.error, ValueError, IndexError) as error:
        found = f"records that cannot be followed ({error})"
        raise IngestError(name, found, "a workbook that can be read") from error
    return said


def _look(name: str, stream: bytes, said: Said) -> None:
    known = _globals(stream)
    marked = _raised_strings(known)
    hiding = {
        number: code
        for number, code in enumerate(known.codes.get(of_style, BUILT_IN) for of_style in known.styles)
        if not (shows(code, is_negative=False) and shows(code, is_negative=True))
    }
    for start, sheet in known.sheets.items():
        _look_at(name, sheet, _records(stream, start), marked, hiding, said)


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook; empty where the file has none that can be followed."""
    size = 1 << struct.unpack_from("<H", content, 0x1E)[0]
    listed = list(struct.unpack_from(f"<{IN_HEADER}I", content, 0x4C))
    following = struct.unpack_from("<I", content, 0x44)[0]
    while following < END_OF_CHAIN and HEADER + (following + 1) * size <= len(content):
        more = struct.unpack_from(f"<{size // 4}I", content, HEADER + following * size)
        listed += more[:-1]
        following = more[-1]
    after: list[int] = []
    for sector in listed:
        start = (sector + 1) * size
        if sector < END_OF_CHAIN and start + size <= len(content):
            after += struct.unpack_from(f"<{size // 4}I", content, start)

    def chain(sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < len(after) and len(parts) <= len(after):
            parts.append(content[(sector + 1) * size : (sector + 2) * size])
            sector = after[sector]
        return b"".join(parts)

    directory = chain(struct.unpack_from("<I", content, 0x30)[0])
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        title = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if title.casefold() == "workbook":
            first, long = struct.unpack_from("<IQ", directory, at + 116)
            return chain(first)[: long & 0xFFFFFFFF]
    return b""


def _records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """Place, kind and content of the records of one part of the stream, charts inside it left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 1:
            yield start, kind, stream[start + 4 : start + 4 + length]
        if kind == EOF and depth <= 0:
            return
        start += 4 + length


def _globals(stream: bytes) -> Globals:
    known = Globals()
    fonts, last = 0, 0
    for _, kind, record in _records(stream):
        if kind == BOUNDSHEET and record[5] == WORKSHEET:
            known.sheets[struct.unpack_from("<I", record)[0]] = _text(record, record[7] & 1, record[6], 8)
        elif kind == FORMAT:
            (length,) = struct.unpack_from("<H", record, 2)
            known.codes[struct.unpack_from("<H", record)[0]] = _text(record, record[4] & 1, length, 5)
        elif kind == XF:
            known.styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == FONT:
            # No font has the number 4.
            if struct.unpack_from("<H", record, 8)[0] == SUPERSCRIPT:
                known.raised.add(fonts if fonts < 4 else fonts + 1)
            fonts += 1
        elif kind == SST or (kind == CONTINUE and last in (SST, CONTINUE) and known.strings):
            known.strings.append(record)
        last = kind
    return known


def _text(record: bytes, is_wide: int, length: int, start: int) -> str:
    end = start + length * (2 if is_wide else 1)
    return record[start:end].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _raised_strings(known: Globals) -> dict[int, tuple[str, str]]:
    """Number of each string that is a figure with a raised mark: the figure and the mark."""
    if not known.raised or not known.strings:
        return {}
    found = {}
    for number, (text, runs) in enumerate(_strings(known.strings)):
        plain, raised = "", ""
        for place, letter in enumerate(text):
            font = next((of_run for begins, of_run in reversed(runs) if begins <= place), None)
            if font in known.raised:
                raised += letter
            else:
                plain += letter
        if raised.strip() and NUMBER_TEXT.fullmatch(plain.strip()):
            found[number] = plain.strip(), raised.strip()
    return found


def _strings(records: list[bytes]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Texts of the table of strings, each with where its runs begin and their fonts."""
    reader = _Continued(records)
    reader.take(4)
    (count,) = struct.unpack("<I", reader.take(4))
    for _ in range(count):
        (length,) = struct.unpack("<H", reader.take(2))
        flags = reader.take(1)[0]
        (runs,) = struct.unpack("<H", reader.take(2)) if flags & 8 else (0,)
        (beyond,) = struct.unpack("<I", reader.take(4)) if flags & 4 else (0,)
        text = reader.letters(length, flags & 1)
        of_text = [struct.unpack("<HH", reader.take(4)) for _ in range(runs)]
        reader.take(beyond)
        yield text, [(begins, font) for begins, font in of_text]


class _Continued:
    """Reads on from one record to the next; letters that go over say anew how wide they are."""

    def __init__(self, records: list[bytes]) -> None:
        self.records, self.record, self.at = records, 0, 0

    def _rest(self) -> int:
        while self.record < len(self.records) and self.at >= len(self.records[self.record]):
            self.record, self.at = self.record + 1, 0
        if self.record >= len(self.records):
            raise ValueError("a table of strings that breaks off")
        return len(self.records[self.record]) - self.at

    def take(self, size: int) -> bytes:
        """Bytes that follow."""
        taken = b""
        while len(taken) < size:
            part = min(size - len(taken), self._rest())
            taken += self.records[self.record][self.at : self.at + part]
            self.at += part
        return taken

    def letters(self, length: int, is_wide: int) -> str:
        """Letters that follow."""
        text = ""
        while len(text) < length:
            if self._rest() and self.at == 0 and self.record:
                is_wide = self.take(1)[0] & 1
            width = 2 if is_wide else 1
            part = min(length - len(text), self._rest() // width)
            text += self.take(part * width).decode("utf-16-le" if is_wide else "latin-1", "replace")
        return text


def _look_at(
    file: str,
    sheet: str,
    records: Iterator[Record],
    marked: Mapping[int, tuple[str, str]],
    hiding: Mapping[int, str],
    said: Said,
) -> None:
    texts = said.texts[sheet]
    rows = columns = 0
    for _, kind, record in records:
        if kind not in CELLS or len(record) < 6:
            continue
        row, column, style = struct.unpack_from("<HHH", record)
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        if kind == BOOLERR and record[7]:
            texts[row, column] = ERRORS.get(record[6], "an error")
        elif kind == FORMULA and record[12:14] == b"\xff\xff":
            if record[6] == 2:
                texts[row, column] = ERRORS.get(record[8], "an error")
        elif kind == LABELSST and marked:
            (number,) = struct.unpack_from("<I", record, 6)
            if number in marked:
                figure, mark = marked[number]
                texts[row, column] = figure
                cell = f"sheet '{sheet}', row {row + 1}, column {column + 1}"
                said.notices.append(f"{cell}: raised mark '{mark}' taken off {figure}")
        elif hiding and kind == MULRK:
            for place in range((len(record) - 6) // 6):
                of_cell, packed = struct.unpack_from("<HI", record, 4 + 6 * place)
                _hide(texts, (row, column + place), of_cell, _unpacked(packed), hiding)
        elif hiding and kind == RK:
            _hide(texts, (row, column), style, _unpacked(struct.unpack_from("<I", record, 6)[0]), hiding)
        elif hiding and kind in (NUMBER, FORMULA):
            _hide(texts, (row, column), style, struct.unpack_from("<d", record, 6)[0], hiding)
    check_size(file, sheet, rows, columns)


def _hide(
    texts: dict[tuple[int, int], str],
    place: tuple[int, int],
    style: int,
    number: float,
    hiding: Mapping[int, str],
) -> None:
    code = hiding.get(style)
    if code is not None and number and not shows(code, number < 0):
        texts[place] = hidden(f"{number:g}", code)


def _unpacked(packed: int) -> float:
    """The number that four bytes stand for: whole or the first half of a float, perhaps a hundredfold."""
    if packed & 2:
        number = float(packed >> 2 if packed < 1 << 31 else (packed >> 2) - (1 << 30))
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))
    return number / 100 if packed & 1 else number
