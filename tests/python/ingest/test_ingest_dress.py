"""Right files in another dress are read, and what cannot be read is named, without a traceback."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from examples import (
    ROOT,
    SEED,
    contents,
    empty_seeds,
    ingested,
    read_by_its_reader,
    said,
    saved,
)

from scripts.ingest import __main__, registers, run, seeds
from scripts.ingest.blocks import FILES
from scripts.ingest.contract import Column
from scripts.ingest.table import checked
from scripts.ingest.workbook import IngestError, open_book

HARTLEPOOL, REDCAR, CORNWALL = "E06000001", "E06000003", "E06000052"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Seeds that hold April 2018 as published."""
    saved(tmp_path / "april")
    target = empty_seeds(tmp_path)
    assert ingested(tmp_path / "april", target).written
    return target


@pytest.mark.parametrize(
    ("text", "figure"), [("4708.0", "4708"), ("2.1e3", "2100"), ("12", "12"), ("-3", "-3")]
)
def test_a_whole_number_is_written_whole(text: str, figure: str) -> None:
    """However it is printed."""
    column = Column("people", ("People",), is_whole=True)
    assert checked(column, text, frozenset()) == (figure, "")


def test_digits_of_other_scripts_are_none() -> None:
    """Full-width digits are refused as text."""
    assert checked(Column("people", ("People",), is_whole=True), "\uff11\uff12", frozenset())[1]


TABLE = "Code,Name,Value\nE06000001,Hartlepool,5\nE06000002,Middlesbrough,7\n"


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        (TABLE.encode(), ""),
        (b"\xef\xbb\xbf" + TABLE.encode(), ""),
        (TABLE.encode() + b"\n\n", ""),
        (TABLE.replace(",", "\t").encode(), "fields set apart by tabs, not commas: read as that"),
        (TABLE.encode("utf-16"), "text in UTF-16, not UTF-8: read as that"),
        (TABLE.encode() + b"Source: the ministry\n", "note below the table: 1"),
        (TABLE.encode() + b"\nNotes\n\nSource: the ministry,,\n", "note below the table: 2"),
    ],
)
def test_a_table_in_another_dress_is_read(content: bytes, notice: str, tmp_path: Path) -> None:
    """A mark, blank lines, tabs, UTF-16 and lines below the table change no cell, and are said."""
    (tmp_path / "a.csv").write_bytes(content)
    book = open_book(tmp_path / "a.csv")
    (sheet,) = book.sheets
    assert [sheet.row(row) for row in range(sheet.height)] == list(csv.reader(TABLE.splitlines()))
    assert book.notices == ((notice,) if notice else ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (TABLE.replace(",", ";").encode(), "semicolons"),
        (TABLE.encode() + b"E0600", "1 fields in the last row"),
        (b"\xff\xfe" + TABLE.encode("utf-16-le")[:-1], "UTF-16 that breaks off"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    """Semicolons go with decimal commas, and half a table is none."""
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(IngestError, match=reason):
        open_book(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"sha256,retrieved_on,note\nx,2026-11-01,Caf\xe9\n", "byte 0xe9 at 41 is not UTF-8"),
        (b"sha256,retrieved_on\nx,2999-01-01\n", "row 2: the day of retrieval 2999-01-01 is after today"),
        (b"sha256,retrieved_on\nx,yesterday\n", "row 2: 'yesterday' is no day of retrieval"),
    ],
)
def test_a_list_of_files_that_is_wrong_is_named(
    content: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, with file and place, and nothing is read."""
    saved(tmp_path / "files")
    (tmp_path / "files" / "MANIFEST.csv").write_bytes(content)
    assert __main__.main([str(tmp_path / "files"), "--seeds", str(empty_seeds(tmp_path))]) == 2
    out = capsys.readouterr().out
    assert "MANIFEST.csv" in out
    assert reason in out
    assert "Traceback" not in out


def test_a_folder_without_files_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to read is not nothing changed."""
    (tmp_path / "files" / "below").mkdir(parents=True)
    assert __main__.main([str(tmp_path / "files"), "--seeds", str(empty_seeds(tmp_path))]) == 2
    assert "no file below it" in capsys.readouterr().out


def test_a_folder_behind_a_link_is_read_once(tmp_path: Path) -> None:
    """Links to folders are followed, one that leads back is not followed for ever."""
    saved(tmp_path / "elsewhere")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "files" / "back").symlink_to(tmp_path / "files", target_is_directory=True)
    assert [path.name for path in run.files_in(tmp_path / "files")] == ["month.xlsx"]


def test_one_bad_file_does_not_keep_others_from_being_read(tmp_path: Path) -> None:
    """What is too large is refused by itself and named."""
    saved(tmp_path / "files")
    with (tmp_path / "files" / "large.csv").open("wb") as target:
        target.truncate(200_000_000)
    target = empty_seeds(tmp_path)
    result = ingested(tmp_path / "files", target)
    assert [taken.file for taken in result.refused] == ["large.csv"]
    assert SEED in result.written


def test_a_full_disk_leaves_nothing(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said, and neither seeds nor staged files are left behind."""

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    saved(tmp_path / "may", month="May 2018")
    before = contents(filled)
    monkeypatch.setattr(os, "fsync", full)
    assert __main__.main([str(tmp_path / "may"), "--seeds", str(filled)]) == 2
    assert "could not be written: No space left on device" in capsys.readouterr().out
    assert contents(filled) == before
    assert not (filled.parent / ".seeds-staging").exists()


def test_a_new_code_of_a_council_works_by_the_register_of_printed_codes(tmp_path: Path) -> None:
    """Two councils recoded in ASCOF: unknown without their lines, read under the printed codes with them."""
    new = {"E08000038": "E08000016", "E08000039": "E08000019"}
    old = {of: code for code, of in new.items()}
    known = registers.load(ROOT / "seeds")
    rows = [
        [
            "2023-24",
            known.names[code],
            old.get(code, code),
            "2C",
            "Admissions",
            500 + place % 90,
            "Council",
            "",
            "",
        ]
        for place, code in enumerate(sorted(known.live("2023-04-01")))
    ]
    headers = ["Year", "Geographical Description", "ONS Code", "Measure Group", "Measure Group Description"]
    headers += ["Measure_Value", "Geographical Level", "Disaggregation Level", "Measure Type"]
    with (tmp_path / "ascof.csv").open("w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows([headers, *rows])
    _, log = read_by_its_reader(tmp_path / "ascof.csv")
    assert sum("expected a known" in text for text in said(log)) == len(new)
    target = empty_seeds(tmp_path)
    (tmp_path / "files").mkdir()
    (tmp_path / "ascof.csv").rename(tmp_path / "files" / "ascof.csv")
    with (target / "register" / "printed_codes.csv").open("a", encoding="utf-8") as lines:
        lines.writelines(
            f"nhs_ascof,{code},,2023-24,2024-25,{of},whole,recoded\n" for code, of in new.items()
        )
    result = ingested(tmp_path / "files", target)
    assert [reason for taken in result.refused for reason in taken.reasons] == []
    held = {row["printed_code"] for row in seeds.read(target, "outcomes/nhs_ascof")}
    assert set(new) <= held
    assert not [text for taken in result.files for text in taken.log.notices if "no row for" in text]
    assert seeds.read(target, FILES)
