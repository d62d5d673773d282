"""What a cell shows: errors, formulas never worked out, raised note marks, hidden numbers, far corners."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from raw import SUPERSCRIPT, ods, record, xls, xlsx

from scripts.ingest.cells import look
from scripts.ingest.cells.said import shows
from scripts.ingest.workbook import Book, IngestError, open_book

HIDING = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode=";;;"/>'
    '<numFmt numFmtId="165" formatCode="#,##0;-#,##0;&quot;-&quot;"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def texts(book: Book) -> list[str]:
    """Texts of the first row."""
    return book.sheets[0].row(0)


def test_an_error_is_an_error(tmp_path: Path) -> None:
    """The text of the error stands in the cell, so that no column of figures takes it."""
    rows = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>3</v></c></row>'
    assert texts(open_book(xlsx(tmp_path / "a.xlsx", rows))) == ["#N/A", "3"]
    cell = (
        '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    )
    rows = "".join(
        cell.format(*pair) for pair in (("0", "#DIV/0!"), ("0", "Err:502"), ("0", "-"), ("5", "5"))
    )
    book = open_book(ods(tmp_path / "a.ods", f"<table:table-row>{rows}</table:table-row>"))
    assert texts(book) == ["#DIV/0!", "Err:502", "0", "5"]


def test_a_formula_without_a_result_is_no_blank(tmp_path: Path) -> None:
    """One that was never worked out is named; one whose result is an empty text is blank."""
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c></row>'
    )
    without = "a formula without a stored result"
    assert texts(open_book(xlsx(tmp_path / "a.xlsx", rows))) == [without, without, "", "2"]
    rows = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    assert look("a.ods", ods(tmp_path / "a.ods", rows).read_bytes()).texts["Sheet1"] == {(0, 0): without}


def test_a_raised_mark_is_no_digit(tmp_path: Path) -> None:
    """21 with the note 5 is 21, and the cell is named; a header keeps its mark."""
    figure = f"<r><t>21</t></r><r>{SUPERSCRIPT}<t>5</t></r>"
    header = f"<r><t>Total</t></r><r>{SUPERSCRIPT}<t>2</t></r>"
    strings = f"<si>{header}</si><si>{figure}</si>"
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        f'<c r="C1" t="inlineStr"><is>{figure}</is></c></row>'
    )
    book = open_book(xlsx(tmp_path / "a.xlsx", rows, strings))
    assert texts(book) == ["Total2", "21", "21"]
    assert sorted(book.notices) == [
        "sheet 'Sheet1', cell B1: raised mark '5' taken off 21",
        "sheet 'Sheet1', cell C1: raised mark '5' taken off 21",
    ]


def test_a_raised_mark_of_an_ods(tmp_path: Path) -> None:
    """A span that is raised is a mark; one of which nothing is known keeps the cell from being a figure."""
    style = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    cell = (
        '<table:table-cell office:value-type="string"><text:p>0.30<text:span{}>2</text:span></text:p>'
        "</table:table-cell>"
    )
    cells = "".join(cell.format(named) for named in (' text:style-name="T1"', ""))
    rows = f"<table:table-row>{cells}</table:table-row>"
    book = open_book(ods(tmp_path / "a.ods", rows, style))
    assert texts(book) == ["0.30", "0.30 with '2' set apart"]
    assert book.notices == ("sheet 'Sheet1', row 1, column 1: raised mark '2' taken off 0.30",)


def test_a_hidden_number_is_named(tmp_path: Path) -> None:
    """A number that its format hides is no figure; a nought shown as a dash is one."""
    cells = '<c r="A1" s="1"><v>7</v></c><c r="B1" s="2"><v>0</v></c><c r="C1" s="2"><v>9</v></c>'
    rows = f'<row r="1">{cells}</row>'
    found = texts(open_book(xlsx(tmp_path / "a.xlsx", rows, styles=HIDING)))
    assert found == ["7, hidden by the format ;;;", "0", "9"]
    cell = (
        '<table:table-cell office:value-type="float" office:value="7"><text:p>{}</text:p></table:table-cell>'
    )
    rows = f"<table:table-row>{cell.format('')}{cell.format('[c]')}{cell.format('7.0')}</table:table-row>"
    found = texts(open_book(ods(tmp_path / "a.ods", rows)))
    assert found == ["7, hidden by the format that shows ''", "7, hidden by the format that shows '[c]'", "7"]


@pytest.mark.parametrize(
    ("code", "is_negative", "is_shown"),
    [
        ("General", False, True),
        ("0.0", True, True),
        (";;;", False, False),
        ('"[c]"', False, False),
        ('#,##0;"-"', False, True),
        ('#,##0;"-"', True, False),
        ("[Red]0;[Red]-0", True, True),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', True, True),
        ("yyyy-mm-dd", False, True),
        ('[>9]"many";0', False, True),
    ],
)
def test_what_a_format_shows(code: str, is_negative: bool, is_shown: bool) -> None:
    """Literals show no number, places of digits and dates do."""
    assert shows(code, is_negative) == is_shown


def test_an_xls_says_the_same() -> None:
    """Errors, raised marks and hidden numbers are told from the records of an xls too."""
    fonts = b"".join(
        record(0x31, struct.pack("<HHHHH", 200, 0, 0, 400, raised) + bytes(6)) for raised in (0, 1)
    )
    formats = record(0x41E, struct.pack("<HHB", 164, 3, 0) + b";;;")
    styles = record(0xE0, struct.pack("<HH", 0, 0) + bytes(16)) + record(
        0xE0, struct.pack("<HH", 0, 164) + bytes(16)
    )
    rich = struct.pack("<HBH", 3, 8, 1) + b"215" + struct.pack("<HH", 2, 1)
    strings = record(0xFC, struct.pack("<II", 2, 2) + struct.pack("<HB", 4, 0) + b"Name" + rich)
    cells = (
        record(0x205, struct.pack("<HHHBB", 0, 0, 0, 42, 1))
        + record(0x06, struct.pack("<HHH", 0, 1, 0) + bytes([2, 0, 7, 0, 0, 0, 255, 255]) + bytes(8))
        + record(0xFD, struct.pack("<HHHI", 0, 2, 0, 1))
        + record(0xFD, struct.pack("<HHHI", 0, 3, 0, 0))
        + record(0x27E, struct.pack("<HHHI", 0, 4, 1, (7 << 2) | 2))
        + record(0x203, struct.pack("<HHHd", 0, 5, 0, 8.5))
        + record(0xBD, struct.pack("<HHHIHIH", 0, 6, 1, (9 << 2) | 2, 0, (9 << 2) | 2, 7))
    )
    said = look("a.xls", xls(cells, fonts + formats + styles + strings))
    assert said.texts["Sheet1"] == {
        (0, 0): "#N/A",
        (0, 1): "#DIV/0!",
        (0, 2): "21",
        (0, 4): "7, hidden by the format ;;;",
        (0, 6): "9, hidden by the format ;;;",
    }
    assert said.notices == ["sheet 'Sheet1', row 1, column 3: raised mark '5' taken off 21"]


def test_a_cell_in_the_far_corner_is_refused(tmp_path: Path) -> None:
    """The file is named; a blank cell with a format as far away is nothing."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"{}</row>'
    with pytest.raises(IngestError, match=r"a\.xlsx, sheet 'Sheet1': found a sheet of 1,048,576 rows"):
        open_book(xlsx(tmp_path / "a.xlsx", far.format("><v>2</v></c>")))
    assert texts(open_book(xlsx(tmp_path / "b.xlsx", far.format(' s="1"/>')))) == ["1"]
    blank = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    rows = f"{blank}<table:table-row>{cell.format(16384)}</table:table-row>"
    with pytest.raises(IngestError, match="1,048,575 rows and 16,384 columns"):
        open_book(ods(tmp_path / "a.ods", rows))
    far_away = record(0x203, struct.pack("<HHHd", 65535, 255, 0, 1.0))
    with pytest.raises(IngestError, match="65,536 rows and 256 columns"):
        look("a.xls", xls(far_away, b""))


def test_a_file_is_limited_before_it_is_read(tmp_path: Path) -> None:
    """A text of 200 MB is refused by its size, a workbook by what it unpacks to."""
    with (tmp_path / "a.csv").open("wb") as target:
        target.write(b"Code,Value\n")
        target.truncate(200_000_000)
    with pytest.raises(IngestError, match="a file of 200,000,000 bytes, expected at most"):
        open_book(tmp_path / "a.csv")
    path = xlsx(tmp_path / "a.xlsx", "")
    content = path.read_bytes()
    place = content.rindex(b"PK\x01\x02")
    path.write_bytes(content[: place + 24] + struct.pack("<I", 900_000_000) + content[place + 28 :])
    with pytest.raises(IngestError, match=r"900,0.* bytes once unpacked"):
        open_book(path)
