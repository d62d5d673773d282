"""What a person has accepted against a data test is said after a build and in the notes of a release."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scripts.accepted import accepted_in, told
from scripts.release.notes import gate_lines

ROW = (
    "zeros_are_possible",
    "a_measure 2023-24 E06000001",
    "nobody was waiting; asked the council",
    "2024-25",
)


def database(path: Path, rows: int) -> Path:
    """A database with a register of so many accepted rows."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema seeds")
        columns = "data_test text, subject text, reason text, last_edition text"
        connection.execute(f"create table seeds.accepted_rows ({columns})")
        for _ in range(rows):
            connection.execute("insert into seeds.accepted_rows values (?, ?, ?, ?)", ROW)
    return path


def test_accepted_rows_are_said(tmp_path: Path) -> None:
    """Test, row, reason and the edition until which it holds."""
    found = database(tmp_path / "one.duckdb", 1)
    assert accepted_in(found) == [ROW]
    said = told(found)
    assert all(cell in said for cell in ROW)
    notes = "\n".join(gate_lines([], {"pass": 1}, [*accepted_in(found)]))
    assert "### Accepted by a person against a data test" in notes
    assert "| zeros_are_possible | a_measure 2023-24 E06000001 | nobody was waiting" in notes


def test_nothing_is_said_where_nothing_is_accepted(tmp_path: Path) -> None:
    """An empty register, and a database of before there was one."""
    none = database(tmp_path / "none.duckdb", 0)
    assert told(none) == ""
    assert "Accepted" not in "\n".join(gate_lines([], {"pass": 1}, []))
    duckdb.connect(str(tmp_path / "older.duckdb")).close()
    assert accepted_in(tmp_path / "older.duckdb") == []
