"""Cells of an Office Open XML workbook, told from the XML of its sheets."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from xml.etree import ElementTree

from scripts.ingest.cells.said import FORMULA_WITHOUT_RESULT, NUMBER_TEXT, Said, check_size, hidden, shows
from scripts.ingest.errors import IngestError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: Writers may give every element of a sheet a prefix.
CELL = rb"<(?:\w+:)?c\b"
CELL_END = rb"</(?:\w+:)?c>"
ERROR = re.compile(CELL + rb'([^>]*\bt="e"[^>]*)>(.*?)' + CELL_END, re.S)
FORMULA = re.compile(
    CELL
    + rb"([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    + rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*"
    + CELL_END
)
INLINE = re.compile(CELL + rb'([^>]*\bt="inlineStr"[^>]*)>(.*?)' + CELL_END, re.S)
SHARED = re.compile(CELL + rb'([^>]*\bt="s"[^>]*)>\s*<(?:\w+:)?v>(\d+)<')
WITH_STYLE = re.compile(CELL + rb'([^>]*\bs="(\d+)"[^>]*)(?<!/)>(.*?)' + CELL_END, re.S)
ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
FILLED = re.compile(CELL + rb'[^>]*?\br="([A-Z]+)(\d+)"[^>]*(?<!/)>')
#: Columns beyond ZZ, and rows beyond the longest table held: only then is a sheet measured.
FAR_COLUMN = re.compile(rb' r="[A-Z]{3}\d')
LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
MANY_ROWS = 100_000
RUN = re.compile(rb"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.S)
RUN_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.S)
STORED = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
RAISED = b'vertAlign val="superscript"'
STRING = re.compile(rb"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", re.S)


def look(name: str, content: bytes) -> Said:
    """Errors, formulas without a result, raised note marks and hidden numbers of every sheet."""
    said = Said()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
            raised = _raised_strings(_read(archive, parts, "xl/sharedStrings.xml"))
            formats = _hiding_formats(_read(archive, parts, "xl/styles.xml"))
            for sheet, part in _sheets(archive):
                if part in parts:
                    _look_at(name, sheet, archive.read(part), raised, formats, said)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, EOFError) as error:
        raise IngestError(name, f"a damaged workbook ({error})", "a workbook that can be read") from error
    return said


def _read(archive: zipfile.ZipFile, parts: set[str], part: str) -> bytes:
    return archive.read(part) if part in parts else b""


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of each sheet and the part that holds it."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        yield sheet.get("name", ""), posixpath.normpath(part)


def _raised_strings(xml: bytes) -> dict[int, tuple[str, str]]:
    """Number of each shared string that is a figure with a raised mark: the figure and the mark."""
    if RAISED not in xml:
        return {}
    found = {}
    for number, string in enumerate(STRING.finditer(xml)):
        if string[1] and RAISED in string[1] and (parts := _without_raised(string[1])):
            found[number] = parts
    return found


def _without_raised(xml: bytes) -> tuple[str, str] | None:
    """A figure and its raised mark, out of the runs of a text; ``None`` if it is something else."""
    plain, raised = "", ""
    for run in RUN.findall(xml):
        text = unescape("".join(part.decode() for part in RUN_TEXT.findall(run)))
        if RAISED in run:
            raised += text
        else:
            plain += text
    figure, mark = plain.strip(), raised.strip()
    return (figure, mark) if mark and NUMBER_TEXT.fullmatch(figure) else None


def _hiding_formats(xml: bytes) -> dict[int, str]:
    """Number of each style of cells to its format, where the format hides numbers."""
    if not xml:
        return {}
    styles = ElementTree.fromstring(xml)
    codes = {code.get("numFmtId"): code.get("formatCode", "") for code in styles.iter(f"{MAIN}numFmt")}
    used = styles.find(f"{MAIN}cellXfs")
    formats = [codes.get(style.get("numFmtId"), "General") for style in used] if used is not None else []
    return {
        number: code
        for number, code in enumerate(formats)
        if not (shows(code, is_negative=False) and shows(code, is_negative=True))
    }


def _look_at(
    file: str,
    sheet: str,
    xml: bytes,
    raised: Mapping[int, tuple[str, str]],
    formats: Mapping[int, str],
    said: Said,
) -> None:
    _measure(file, sheet, xml)
    texts = said.texts[sheet]
    if b't="e"' in xml:
        for attributes, inner in ERROR.findall(xml):
            stored = STORED.search(inner)
            texts[_place(attributes)] = stored[1].decode() if stored else "an error"
    if b"f>" in xml or b"<f" in xml:
        for attributes, result in FORMULA.findall(xml):
            # A formula whose result is an empty text stores just that.
            if not (result and b't="str"' in attributes):
                texts[_place(attributes)] = FORMULA_WITHOUT_RESULT
    marked: list[tuple[bytes, tuple[str, str]]] = []
    if RAISED in xml:
        for attributes, inner in INLINE.findall(xml):
            if RAISED in inner and (parts := _without_raised(inner)):
                marked.append((attributes, parts))
    if raised:
        of_strings = ((attributes, int(number)) for attributes, number in SHARED.findall(xml))
        marked += [(attributes, raised[number]) for attributes, number in of_strings if number in raised]
    for attributes, (figure, mark) in marked:
        texts[_place(attributes)] = figure
        cell = b"".join(_letters_and_row(attributes)).decode()
        said.notices.append(f"sheet '{sheet}', cell {cell}: raised mark '{mark}' taken off {figure}")
    if formats:
        for attributes, style, inner in WITH_STYLE.findall(xml):
            code, stored = formats.get(int(style)), STORED.search(inner)
            if code is None or stored is None or re.search(rb'\bt="(?!n")', attributes):
                continue
            number = float(stored[1] or 0)
            if number and not shows(code, number < 0):
                texts[_place(attributes)] = hidden(stored[1].decode(), code)


def _measure(file: str, sheet: str, xml: bytes) -> None:
    """Refuse a sheet with a cell too far from its first one; blank ones that have a format do not count."""
    last = max(map(int, LAST_ROW.findall(xml, max(0, xml.rfind(b"<row") - 1))), default=0)
    if last <= MANY_ROWS and not FAR_COLUMN.search(xml):
        return
    cells = FILLED.findall(xml)
    rows = max((int(row) for _, row in cells), default=0)
    columns = max((_column(name) + 1 for name in {name for name, _ in cells}), default=0)
    check_size(file, sheet, rows, columns)


def _letters_and_row(attributes: bytes) -> tuple[bytes, bytes]:
    found = ADDRESS.search(attributes)
    if not found:
        raise ValueError("a cell without an address")
    return found[1], found[2]


def _place(attributes: bytes) -> tuple[int, int]:
    name, row = _letters_and_row(attributes)
    return int(row) - 1, _column(name)


def _column(name: bytes) -> int:
    """Column of its letters, from 0."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1
