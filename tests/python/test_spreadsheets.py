"""No text of a CSV for people is a formula to a spreadsheet, and no number is touched."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from scripts.marts import write_csv
from scripts.site.parts import plain_figure
from scripts.spreadsheets import guarded, guarded_column

FORMULAS = [
    "=1+1",
    '=HYPERLINK("https://example.org","see")',
    "+A1",
    "-A1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "-3.5 per cent",
    "-1-1",
    "+44 20 7946 0000",
    "-",
    "=",
]
PLAIN = ["", "-3.5", "+3.5", "-1", "-.5", "-1e-9", "3.5", "Wigan", "a=b", " =1", "'=1", "2018-19", "<0.1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    """In Python and in the pages' CSV."""
    assert guarded(text) == plain_figure(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_and_numbers_are_as_they_were(text: str) -> None:
    """A sign before digits is a number's."""
    assert guarded(text) == text


def test_sql_and_python_say_the_same() -> None:
    """One rule in two languages."""
    texts = [*FORMULAS, *PLAIN]
    with duckdb.connect() as connection:
        connection.execute("create table t (place integer, said varchar)")
        connection.executemany("insert into t values (?, ?)", list(enumerate(texts)))
        found = connection.execute(f"select {guarded_column('said')} from t order by place").fetchall()
    assert [said for (said,) in found] == [guarded(text) for text in texts]


def test_a_written_csv_is_guarded_in_text_alone(tmp_path: Path) -> None:
    """Columns of text are guarded, numbers and empty cells are not, and rows keep their order."""
    with duckdb.connect() as connection:
        write_csv(
            connection,
            '''select * from (values
                ('=1+1', -3.5, -2), ('Wigan', null, 1), (null, -1e-9, 0), ('-3.5', 0.0, -1)
            ) as t ("name ""of""", share, whole) order by whole''',
            tmp_path / "t.csv",
        )
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ['name "of"', "share", "whole"],
        ["'=1+1", "-3.5", "-2"],
        ["-3.5", "0.0", "-1"],
        ["", "-1e-09", "0"],
        ["Wigan", "", "1"],
    ]
