"""The analyst's twelve questions: each is there, each is answered, and the last by two releases.

What the first eleven give is printed on the page and tested with it (``test_docs.py``).
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
MARTS = ROOT / "warehouse" / "marts.duckdb"
PARTS = re.findall(r"^## (\d+)\. (.+?\?)$(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
FACTS = re.compile(r"\b(?:from|join) (?:marts|before|after)\.(fct_\w+)")


def test_there_are_twelve() -> None:
    """In their order, each with a query."""
    assert [int(number) for number, _, _ in PARTS] == list(range(1, 13))
    assert all(SQL.search(text) for _, _, text in PARTS)


@pytest.mark.parametrize(("question", "text"), [part[1:] for part in PARTS], ids=[part[1] for part in PARTS])
def test_a_question_is_one_query_of_one_table(question: str, text: str) -> None:
    """One fact, and its dimensions by their keys; beside a measure its median over the peers."""
    for query in SQL.findall(text):
        facts = set(FACTS.findall(query)) - {"fct_peer_median"}
        assert len(facts) == 1, f"{question} {facts}"
        assert " with " not in query
        assert "over (" not in query


@pytest.mark.parametrize(
    ("question", "text"), [part[1:] for part in PARTS[:-1]], ids=[part[1] for part in PARTS[:-1]]
)
def test_a_question_has_an_answer(question: str, text: str) -> None:
    """Below each query there are rows."""
    printed = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    assert len(printed) == len(SQL.findall(text))
    assert all(len(rows.splitlines()) >= 3 for rows in printed), question


@pytest.mark.skipif(not MARTS.exists(), reason="nothing is built: make index first")
def test_the_last_question_finds_what_moved(tmp_path: Path) -> None:
    """Two releases that differ by two councils who change places, and the query of the page names both."""
    (query,) = SQL.findall(PARTS[-1][2])
    tables = ("fct_ranking", "dim_council")
    for name in ("before", "after"):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb")) as connection:
            connection.execute(f"attach '{MARTS}' as real (read_only)")
            for table in tables:
                connection.execute(f"create table {table} as from real.{table}")
    with duckdb.connect(str(tmp_path / "after.duckdb")) as connection:
        moved = "where ranking_id = 'overall' and edition = '2024-25' and productivity_rank"
        connection.execute(f"update fct_ranking set productivity_index = 164.9 {moved} = 2")
        connection.execute(f"update fct_ranking set productivity_rank = 3 - productivity_rank {moved} <= 2")
    for name, version in (("before", "2026.1"), ("after", "2026.2")):
        query = query.replace(f"releases/{version}/marts.duckdb", str(tmp_path / f"{name}.duckdb"))
    with duckdb.connect() as connection:
        rows = connection.execute(query).fetchall()
    assert [(row[1], row[2]) for row in rows] == [(2, 1), (1, 2)]
    assert rows[0][4] == 164.9
