"""The workbook of a release, read by a reader of others, and files that a spreadsheet can open."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest
from conftest import ROOT

from scripts.release import interface, spreadsheet
from scripts.release.export import Table, published

REAL = ROOT / "warehouse" / "council_productivity.duckdb"
KEY = ("edition", "ranking_id", "gss_code")

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="nothing is built: make index first")


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    """The flat table as a release lists it."""
    with duckdb.connect(str(REAL), read_only=True) as connection:
        return [table for table in published(connection) if table.name == spreadsheet.FLAT]


@pytest.fixture(scope="module")
def folder(tables: list[Table], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release's folder with the workbook."""
    made = tmp_path_factory.mktemp("release")
    interface.write(interface.declared(), made, interface.RELEASED)
    spreadsheet.write(REAL, made, tables, "2026.1")
    return made


@pytest.mark.slow("every cell of a release's workbook, read by openpyxl, is the flat table's")
def test_the_workbook_holds_the_flat_table(folder: Path) -> None:
    """Names of columns, rows and cells: numbers to sixteen digits, and nothing where nothing is."""
    book = openpyxl.load_workbook(folder / spreadsheet.WORKBOOK, read_only=True)
    assert book.sheetnames == ["Read me", "Ranking"]
    header, *rows = book["Ranking"].iter_rows(values_only=True)
    with duckdb.connect(str(REAL), read_only=True) as connection:
        found = connection.execute(f"from marts.{spreadsheet.FLAT}")
        assert list(header) == [column[0] for column in found.description]
        keys = [header.index(name) for name in KEY]
        expected = {tuple(row[place] for place in keys): row for row in found.fetchall()}
    assert {tuple(row[place] for place in keys) for row in rows} == expected.keys()
    assert len(rows) == len(expected) < spreadsheet.MOST_ROWS
    for row in rows:
        for cell, wanted in zip(row, expected[tuple(row[place] for place in keys)], strict=True):
            assert cell == (float(f"{wanted:.16G}") if isinstance(wanted, float) else wanted), row


def test_every_column_is_explained_before(folder: Path) -> None:
    """The first sheet has the release, what not to do, and each column with unit and meaning."""
    book = openpyxl.load_workbook(folder / spreadsheet.WORKBOOK, read_only=True)
    rows = list(book["Read me"].iter_rows(values_only=True))
    header = next(book["Ranking"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:] if row[0]] == list(header)
    assert "Release 2026.1" in {row[2] for row in rows}
    assert any("Never add spend" in str(row[2]) for row in rows)
    assert {row[0]: row[1] for row in rows}["spend_per_head_gbp"] == "GBP"


def test_the_same_rows_give_the_same_bytes(folder: Path, tables: list[Table], tmp_path: Path) -> None:
    """On any day."""
    interface.write(interface.declared(), tmp_path, interface.RELEASED)
    spreadsheet.write(REAL, tmp_path, tables, "2026.1")
    assert (tmp_path / spreadsheet.WORKBOOK).read_bytes() == (folder / spreadsheet.WORKBOOK).read_bytes()
    with zipfile.ZipFile(tmp_path / spreadsheet.WORKBOOK) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_text_stays_text_and_a_day_is_a_day(tmp_path: Path) -> None:
    """Nothing that begins like a formula is one; signs of XML come back as they were."""
    path = tmp_path / "book.xlsx"
    row = ("=1+1", "<a & b>", date(2019, 4, 1), True, None, 0.1, 3, " two  ")
    with spreadsheet.new_workbook(path) as book:
        header = [f"column {number}" for number in range(len(row))]
        spreadsheet.add_sheet(book, "Only", header, [row], [10] * len(row))
    cells = next(openpyxl.load_workbook(path)["Only"].iter_rows(min_row=2))
    assert [cell.data_type for cell in cells[:2]] == ["s", "s"]
    values = [cell.value for cell in cells]
    assert (values[0], values[1]) == ("=1+1", "<a & b>")
    assert values[2].date() == row[2]
    assert values[3:] == [True, None, 0.1, 3, " two  "]


def test_a_table_too_long_has_its_newest_edition_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of five rows where four are too many, the two of the newer edition; without editions it is refused."""
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 4)
    path = tmp_path / "long.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_long as "
            "select if(i < 3, '2018-19', '2019-20') as edition, i as place from range(5) as numbers (i)"
        )
    (tmp_path / "csv").mkdir()
    table = Table("marts", "fct_long", ("edition", "place"), "", {})
    spreadsheet.write(path, tmp_path, [table], "1")
    with (tmp_path / "csv" / "fct_long_2019-20.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["edition", "place"], ["2019-20", "3"], ["2019-20", "4"]]
    with pytest.raises(ValueError, match="fct_long is too long"):
        spreadsheet.write(path, tmp_path, [Table("marts", "fct_long", ("place",), "", {})], "1")


def test_only_known_tables_are_too_long() -> None:
    """What a release parts today: a new one would be a reason to think."""
    with duckdb.connect(str(REAL), read_only=True) as connection:
        long = [
            table.name
            for table in published(connection)
            if connection.execute(f"select count(*) from {table.schema}.{table.name}").fetchall()[0][0]
            > spreadsheet.MOST_ROWS
        ]
    assert long == ["fct_position_decomposition"]
