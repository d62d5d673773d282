"""Cells of an OpenDocument spreadsheet, told from the XML of its contents.

A cell there holds a number and, beside it, the text that it shows. Excel saves an error as the number 0 under
the text of the error.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape

from scripts.ingest.cells.said import FORMULA_WITHOUT_RESULT, NUMBER_TEXT, Said, check_size, hidden
from scripts.ingest.errors import IngestError

TOKEN = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?![-\w])([^>]*)>")
#: A number, and what it shows as far as the first digit or tag.
NUMBER = re.compile(
    rb'<table:table-cell\b[^>]*office:value-type="(?:float|percentage|currency)"[^>]*'
    rb"(?:/>|>\s*(?:<text:p[^>]*>([^<0-9]*)(<|\d)|</table:table-cell>))"
)
VALUE = re.compile(rb'office:value="([^"]*)"')
FORMULA = re.compile(rb'<table:table-cell\b(?![^>]*office:value-type)[^>]*table:formula="[^>]*>')
#: A figure kept as text, whose last signs are set apart from it.
SPLIT = re.compile(
    rb'<table:table-cell\b[^>]*office:value-type="string"[^>]*>\s*<text:p[^>]*>([^<]*)'
    rb'<text:span(?: text:style-name="([^"]*)")?[^>]*>([^<]+)</text:span>\s*</text:p>'
)
STYLE = re.compile(
    rb'<style:style\b[^>]*style:name="([^"]*)"[^>]*style:family="text"[^>]*>(.*?)</style:style>'
)
RAISED = re.compile(rb'text-position="(?:super|[1-9])')
REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
NAME = re.compile(rb'table:name="([^"]*)"')
#: Repeated so often, a row or a cell is blank, or the sheet is too large.
MANY_TIMES = re.compile(rb'table:number-(?:rows|columns)-repeated="\d{4,}"')
ERROR = re.compile(r"#|err:", re.I)


def look(name: str, content: bytes) -> Said:
    """Errors, formulas without a result, marks and hidden numbers of every sheet."""
    said = Said()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = archive.read("content.xml")
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise IngestError(name, f"a damaged workbook ({error})", "a workbook that can be read") from error
    if MANY_TIMES.search(xml):
        _measure(name, xml)
    texts, notices = _strange(xml)
    for offset, (sheet, row, column) in _places(xml, sorted(texts)):
        said.texts[sheet][row, column] = texts[offset]
        if offset in notices:
            said.notices.append(f"sheet '{sheet}', row {row + 1}, column {column + 1}: {notices[offset]}")
    return said


def _strange(xml: bytes) -> tuple[dict[int, str], dict[int, str]]:
    """Texts, and what was handled by rule, of cells by where they begin."""
    texts: dict[int, str] = {}
    notices: dict[int, str] = {}
    for found in NUMBER.finditer(xml):
        value = VALUE.search(found[0])
        before_digits = unescape((found[1] or b"").decode()).strip()
        is_shown = found[1] is None or found[2] != b"<" or value is None or not float(value[1] or 0)
        if ERROR.match(before_digits):
            shown = unescape(xml[found.start(1) : xml.find(b"<", found.start(1))].decode()).strip()
            texts[found.start()] = shown
        elif not is_shown and value and not _has_digits(xml, found.start(1)):
            texts[found.start()] = hidden(value[1].decode(), f"that shows '{before_digits}'")
    for found in FORMULA.finditer(xml):
        texts[found.start()] = FORMULA_WITHOUT_RESULT
    raised = {style[1] for style in STYLE.finditer(xml) if RAISED.search(style[2])}
    for found in SPLIT.finditer(xml):
        figure, mark = unescape(found[1].decode()).strip(), unescape(found[3].decode()).strip()
        if not NUMBER_TEXT.fullmatch(figure):
            continue
        if found[2] in raised:
            texts[found.start()] = figure
            notices[found.start()] = f"raised mark '{mark}' taken off {figure}"
        else:
            texts[found.start()] = f"{figure} with '{mark}' set apart"
    return texts, notices


def _has_digits(xml: bytes, start: int) -> bool:
    """Whether the text of a cell has digits further on, in a span of its own."""
    shown = xml[start : xml.find(b"</table:table-cell>", start)]
    return bool(re.search(rb"\d", re.sub(rb"<[^>]*>", b"", shown)))


def _places(xml: bytes, offsets: Iterable[int]) -> Iterator[tuple[int, tuple[str, int, int]]]:
    """Sheet, row and column of cells that begin at these places, in their order."""
    wanted = iter(offsets)
    offset = next(wanted, None)
    sheet, row, column, rows = "", 0, 0, 1
    for token in TOKEN.finditer(xml) if offset is not None else ():
        is_end, kind, attributes = token[1], token[2], token[3]
        times = int(repeated[1]) if (repeated := REPEATED.search(attributes)) else 1
        if kind == b"table" and not is_end:
            name = NAME.search(attributes)
            sheet, row = unescape(name[1].decode()) if name else "", 0
        elif kind == b"table-row":
            if is_end or attributes.endswith(b"/"):
                row += rows if is_end else times
            else:
                column, rows = 0, times
        elif not is_end and kind != b"table":
            if token.start() == offset:
                yield offset, (sheet, row, column)
                offset = next(wanted, None)
                if offset is None:
                    return
            column += times


def _measure(file: str, xml: bytes) -> None:
    """Refuse a sheet that reaches too far; what is repeated and blank does not count."""
    sheet, row, last_row, last_column, column, rows = "", 0, 0, 0, 0, 1
    for token in TOKEN.finditer(xml):
        is_end, kind, attributes = token[1], token[2], token[3]
        times = int(repeated[1]) if (repeated := REPEATED.search(attributes)) else 1
        if kind == b"table":
            if is_end:
                check_size(file, sheet, last_row, last_column)
            name = NAME.search(attributes)
            sheet = unescape(name[1].decode()) if name else sheet
            row = last_row = last_column = 0
        elif kind == b"table-row":
            if is_end or attributes.endswith(b"/"):
                row += rows if is_end else times
            else:
                column, rows = 0, times
        elif not is_end:
            column += times
            if b"office:value-type" in attributes:
                last_row, last_column = max(last_row, row + rows), max(last_column, column)
