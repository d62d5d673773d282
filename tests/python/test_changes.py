"""What changed between two databases is told figure by figure and rank by rank."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from scripts.changes import compared, main
from scripts.former import attach, former_names

Figures = list[tuple[str, str, str, float | None]]
Ranks = list[tuple[str, str, str, int]]


def database(path: Path, figures: Figures, ranks: Ranks) -> Path:
    """A database with the tables that are compared; every band is one place either way."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema intermediate; create schema marts")
        connection.execute(
            """
            create table intermediate.int_measures__graded
            (measure_id text, edition text, gss_code text, measure_value double);
            create table intermediate.int_rankings__published
            (edition text, ranking_id text, gss_code text, productivity_rank bigint);
            create table intermediate.int_draws__banded
            (edition text, ranking_id text, gss_code text, rank_p05 bigint, rank_p95 bigint);
            create table intermediate.int_rankings__productivity
            (edition text, ranking_id text, gss_code text, outcome_score double, spend_index double,
             productivity double);
            create table intermediate.int_rankings__overall_productivity
            (edition text, gss_code text, productivity double);
            create table marts.dim_council (gss_code text, council_name text);
            insert into marts.dim_council values ('A', 'Ayton'), ('B', 'Beeford'), ('C', 'Catton');
            """
        )
        if figures:
            connection.executemany(
                "insert into intermediate.int_measures__graded values (?, ?, ?, ?)", figures
            )
        if ranks:
            insert = "insert into intermediate.int_rankings__published values (?, ?, ?, ?)"
            connection.executemany(insert, ranks)
        connection.execute(
            """
            insert into intermediate.int_draws__banded
            select edition, ranking_id, gss_code, productivity_rank - 1, productivity_rank + 1
            from intermediate.int_rankings__published;
            insert into intermediate.int_rankings__productivity
            select edition, ranking_id, gss_code, 50, 1, 100.0 / productivity_rank
            from intermediate.int_rankings__published
            """
        )
    return path


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Three councils, one measure, one lens."""
    figures: Figures = [("m", "2018-19", "A", 10.0), ("m", "2018-19", "B", 20.0), ("m", "2018-19", "C", None)]
    ranks: Ranks = [
        ("2018-19", "waste", "A", 1),
        ("2018-19", "waste", "B", 12),
        ("2018-19", "waste", "C", 13),
    ]
    return database(tmp_path / "one.duckdb", figures, ranks)


def test_the_same_database_has_not_changed(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is listed, and the report says so."""
    assert all(not rows for _, rows in compared(before, before).values())
    assert main([str(before), str(before)]) == 0
    assert capsys.readouterr().out.count("None.") == 3


def test_every_figure_and_rank_that_moved_is_counted(before: Path, tmp_path: Path) -> None:
    """One figure changed by 5, one is gone, one is new; noise in the tenth decimal is none."""
    after = database(
        tmp_path / "other.duckdb",
        [("m", "2018-19", "A", 15.0), ("m", "2018-19", "B", 20.0 + 1e-11), ("m", "2018-19", "C", 3.0)],
        [("2018-19", "waste", "A", 2), ("2018-19", "waste", "B", 9), ("2018-19", "waste", "C", 13)],
    )
    (_, figures), (_, ranks), (_, scores) = compared(before, after).values()
    assert figures == [("m", 1, 1, 0, "5.0, Ayton 2018-19")]
    # Ayton moved within its band, Beeford three places and beyond it, into the top ten.
    assert ranks == [("2018-19", "waste", 2, 3, 1, 0, 0, 1)]
    # Both bands are taken around the rank.
    assert scores == [("2018-19", "waste", 0, 0, 2, 2)]


def test_a_database_with_former_names_is_read_under_those_of_today(before: Path, tmp_path: Path) -> None:
    """Tables and columns renamed since a release are compared as if they had not been."""
    former = tmp_path / "former.duckdb"
    shutil.copy(before, former)
    with duckdb.connect(str(former)) as connection:
        names = former_names()
        for table in ("int_rankings__published", "int_draws__banded", "int_rankings__productivity"):
            (old,) = (old for old, now in names["table"].items() if now == f"intermediate.{table}")
            connection.execute(f"alter table intermediate.{table} rename to {old.split('.')[1]}")
            connection.execute(f"alter table {old} rename column ranking_id to lens_id")
    assert names["column"]["lens_id"] == "ranking_id"
    assert all(not rows for _, rows in compared(former, before).values())
    with duckdb.connect(str(former)) as connection:
        connection.execute(
            "update intermediate.int_ranks__published set productivity_rank = 2 where gss_code = 'A'"
        )
    _, (_, ranks), _ = compared(former, before).values()
    assert ranks == [("2018-19", "waste", 1, 1, 0, 0, 0, 0)]


def test_a_measure_that_had_a_row_for_each_use_is_read_once(tmp_path: Path) -> None:
    """Before measures and their uses stood apart, a measure of two rankings had two rows and two ids."""
    former = tmp_path / "former.duckdb"
    with duckdb.connect(str(former)) as connection:
        connection.execute("create schema seeds")
        connection.execute("""
            create table seeds.measures as
            from (
                values
                ('children_rereferrals', 'childrens_social_care'),
                ('services_rereferrals', 'childrens_services')
            ) as rows (measure_id, lens_id)
        """)
    with duckdb.connect() as connection:
        attach(connection, "before", former)
        measures = connection.execute("select measure_id from before.seeds.measures").fetchall()
        uses = connection.execute(
            "select ranking_id, measure_id from before.seeds.ranking_measures order by all"
        ).fetchall()
    assert measures == [("children_rereferrals",)]
    assert uses == [
        ("childrens_services", "children_rereferrals"),
        ("childrens_social_care", "children_rereferrals"),
    ]


def test_a_council_that_loses_its_rank_is_counted(before: Path, tmp_path: Path) -> None:
    """It has not moved; it is no longer ranked."""
    after = database(
        tmp_path / "other.duckdb",
        [("m", "2018-19", "A", 10.0), ("m", "2018-19", "C", None)],
        [("2018-19", "waste", "A", 1), ("2018-19", "waste", "C", 13)],
    )
    (_, figures), (_, ranks), _ = compared(before, after).values()
    assert figures == [("m", 0, 0, 1, "")]
    assert ranks == [("2018-19", "waste", 0, 0, 0, 0, 1, 0)]


def test_a_missing_database_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, not a traceback."""
    assert main([str(tmp_path / "none.duckdb")]) == 2
    assert "none.duckdb" in capsys.readouterr().out


def test_a_file_that_is_no_database_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line that says which, whether it is text or a database of something else."""
    (tmp_path / "README.md").write_text("# No database\n" * 200, encoding="utf-8")
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("create table something (other int)")
    for name in ("README.md", "other.duckdb"):
        assert main([str(tmp_path / name), str(tmp_path / "other.duckdb")]) == 2
        out = capsys.readouterr().out
        assert out.startswith(str(tmp_path / name))
        assert "cannot be compared" in out
        assert len(out.splitlines()) == 1
