"""Opening files by what they hold."""

from __future__ import annotations

import datetime
import struct
from pathlib import Path

import openpyxl
import pytest
from examples import parquet, saved
from hypothesis import given
from hypothesis import strategies as st

from scripts.ingest.readers import recognised
from scripts.ingest.workbook import IngestError, address, letters, open_book, printed


def refusal(path: Path) -> str:
    """What is said of a file that cannot be opened."""
    with pytest.raises(IngestError) as caught:
        open_book(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (7, "7"),
        (None, ""),
        (True, "TRUE"),
        (" a\xa0b ", "a b"),
        (datetime.datetime(2018, 4, 1), "2018-04-01"),
        (datetime.datetime(2018, 4, 1, 9, 30), "2018-04-01 09:30:00"),
        (datetime.date(2018, 4, 1), "2018-04-01"),
    ],
)
def test_printed_text_is_stable(value: object, text: str) -> None:
    """Each kind of cell has one text."""
    assert printed(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_printed_numbers_are_the_numbers(value: float) -> None:
    """No figure changes on its way to text."""
    assert float(printed(value)) == value


def test_addresses() -> None:
    """Columns go on after Z."""
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert address(13, 3) == "D14"


def test_kind_is_told_by_content(tmp_path: Path) -> None:
    """Names mean nothing."""
    book = openpyxl.Workbook()
    book.active.append(["Code", 1.0])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "figures.csv")
    parquet(tmp_path / "b[1].xls", {"Code": ["x", None, "x"], "Value": [1.5, 2.0, None]})
    (tmp_path / "c.parquet").write_text("\ufeffCode,Value\nx,1\n", encoding="utf-8")
    assert open_book(tmp_path / "figures.csv").sheets[0].row(0) == ["Code", "1"]
    sheet = open_book(tmp_path / "b[1].xls").sheets[0]
    assert [sheet.row(row) for row in range(4)] == [["Code", "Value"], ["x", "1.5"], ["", "2"], ["x", ""]]
    assert open_book(tmp_path / "c.parquet").sheets[0].row(0) == ["Code", "Value"]


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    """Text that is not UTF-8 is read as Windows-1252, never as something in between."""
    (tmp_path / "a.csv").write_bytes("Code,Name\nx,Herefordshire \u2013 caf\u00e9\n".encode("cp1252"))
    book = open_book(tmp_path / "a.csv")
    assert book.sheets[0].row(1) == ["x", "Herefordshire \u2013 caf\u00e9"]
    assert book.notices == ("text in Windows-1252, not UTF-8: read as that",)
    (tmp_path / "b.csv").write_bytes(b"Code,Name\nx,\x81\xff\n")
    assert "neither UTF-8 nor Windows-1252" in refusal(tmp_path / "b.csv")


def test_rows_of_a_csv_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    """Blank lines count, and a field of two lines is one row."""
    (tmp_path / "a.csv").write_bytes(b'Title,\r\n\r\nCode,Note\r\nx,"two\nlines"\r\ny,1\r\n\r\n')
    sheet = open_book(tmp_path / "a.csv").sheets[0]
    assert [sheet.text(row, 0) for row in range(sheet.height)] == ["Title", "", "Code", "x", "y"]


def test_boundaries_are_known_and_not_used(tmp_path: Path) -> None:
    """JSON is no table; that of a map is named for what it is, half of it is refused."""
    (tmp_path / "map.csv").write_text('{"type": "Topology", "arcs": []}', encoding="utf-8")
    assert recognised(open_book(tmp_path / "map.csv")).name == "boundaries"
    (tmp_path / "half.csv").write_text('{"type": "Topology", "arcs": [', encoding="utf-8")
    assert "JSON that breaks off" in refusal(tmp_path / "half.csv")


def test_broken_files_are_refused(tmp_path: Path) -> None:
    """Empty, cut off, a web page, something unknown: each is named for what it is."""
    whole = saved(tmp_path).read_bytes()
    table = parquet(tmp_path / "whole.parquet", {"Code": ["x"]}).read_bytes()
    lists = parquet(tmp_path / "lists.parquet", {"Code": [["x"]]}).read_bytes()
    cases = {
        "zero bytes": b"",
        "breaks off (no zip directory": whole[: len(whole) // 2],
        "breaks off (no footer)": table[:-6],
        "a damaged Parquet file (Invalid": table[:4] + table[-8:],
        "a damaged Parquet file (unhashable type: 'list')": lists,
        "web page": b"\n<!DOCTYPE html><html>Not found</html>",
        "unknown kind of file": b"\x7fELF\x00\x01",
        "breaks off or is damaged": b'Code,Name\nx,"half',
        "fields in the last row": b"Code,Name,Value\nx,y,1\nx,",
        "breaks off after": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100),
        "no text but blanks": b"\n\n",
    }
    for expected, content in cases.items():
        (tmp_path / "file.xls").write_bytes(content)
        assert expected in refusal(tmp_path / "file.xls")


def test_an_encrypted_package_is_refused(tmp_path: Path) -> None:
    """Excel wraps an encrypted workbook into an OLE file with one known stream."""
    stream = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + stream + bytes(900))
    assert "an encrypted workbook" in refusal(tmp_path / "a.xlsx")


def test_an_xls_whose_table_names_more_sectors_than_there_are(tmp_path: Path) -> None:
    """The allocation table may stand at the beginning and be whole while the rest is cut off."""
    header = bytearray(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504))
    struct.pack_into("<H", header, 0x1E, 9)
    struct.pack_into("<I", header, 0x2C, 1)
    struct.pack_into("<109I", header, 0x4C, *([0] + [0xFFFFFFFF] * 108))
    table = struct.pack("<128I", *([0xFFFFFFFE] * 10 + [0xFFFFFFFF] * 118))
    (tmp_path / "a.xls").write_bytes(bytes(header) + table + bytes(512))
    assert "breaks off after 1536 of 5632 bytes" in refusal(tmp_path / "a.xls")


def test_published_xls_cut_off_or_encrypted(shared: Path, tmp_path: Path) -> None:
    """A real xls file cut off anywhere is refused, and so is one whose stream says that it is encrypted."""
    whole = (shared / "publications" / "nhs-dtoc" / "April_18.xls").read_bytes()
    for share in (0.05, 0.3, 0.5, 0.8, 0.95, 0.99):
        (tmp_path / "cut.xls").write_bytes(whole[: int(len(whole) * share)])
        assert "breaks off" in refusal(tmp_path / "cut.xls")
    begin = whole.index(struct.pack("<HHH", 0x0809, 16, 0x0600))
    filepass = struct.pack("<HHH", 0x002F, 6, 0) + bytes(4)
    (tmp_path / "locked.xls").write_bytes(whole[: begin + 20] + filepass + whole[begin + 30 :])
    assert "an encrypted workbook" in refusal(tmp_path / "locked.xls")


def test_every_published_file_opens_or_is_refused(shared: Path) -> None:
    """The check for cut-off xls files lets every whole one pass."""
    for path in sorted((shared / "publications" / "nhs-dtoc").glob("*.xls"))[::10]:
        assert open_book(path).sheets
