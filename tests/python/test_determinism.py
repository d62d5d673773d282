"""The same figures give the same bytes: in any order of rows and threads, whoever else has a figure.

An engine that adds decimals in parallel gives other last bits from build to build; the models round their
sums at nine decimals, so that nothing of it reaches a mart.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import Edit, Project, models_built, replaced

pytestmark = pytest.mark.slow("the same bytes in any order of rows and threads; a blank moves nobody else")
# The figure that is blanked: one council's, in an edition that the goalposts were once computed from.
FIGURE = "ReReferral,E06000001,2018,15.6"
# No figure may have been set aside, and no council may have said anything.
ALLOWED_EMPTY = {"fct_figure_not_used", "fct_council_note"}
ITS_ROW = "measure_id = 'children_rereferrals' and edition = '2017-18' and gss_code = 'E06000001'"


def shuffled(chance: random.Random) -> Edit:
    """An edit that puts the rows of a seed in another order."""

    def edit(text: str) -> str:
        header, *rows = csv.reader(io.StringIO(text))
        before = list(rows)
        chance.shuffle(rows)
        # chance leaves a few rows in their order now and then
        if rows == before:
            rows.reverse()
        file = io.StringIO()
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
        return file.getvalue()

    return edit


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the databases stand."""
    return tmp_path_factory.mktemp("databases")


@pytest.fixture(scope="session")
def as_it_is(scratch_database: Path) -> Path:
    """The project built as it is, on four threads."""
    return scratch_database


@pytest.fixture(scope="session")
def in_other_order(scratch_copy: Project, folder: Path) -> Path:
    """The project built on one thread with the rows of every seed, figures and registers, shuffled."""
    chance = random.Random(20261123)
    try:
        for seed in sorted((scratch_copy.root / "seeds").rglob("*.csv")):
            # A seed of one row or none, as those that users fill or of revisions may be, has one order only.
            if len(seed.read_text(encoding="utf-8").splitlines()) > 2:
                scratch_copy.edited(seed.relative_to(scratch_copy.root).as_posix(), shuffled(chance))
        return models_built(scratch_copy, folder / "in_other_order" / scratch_copy.database.name, threads=1)
    finally:
        scratch_copy.restore()


@pytest.fixture(scope="session")
def with_one_blank(scratch_copy: Project, folder: Path) -> Path:
    """The project built with one figure of one council blanked."""
    try:
        blank = FIGURE.rpartition(",")[0] + ","
        scratch_copy.planted("outcomes/dfe_lait", replaced(f"\n{FIGURE}\n", f"\n{blank}\n"))
        return models_built(
            scratch_copy,
            folder / "with_one_blank" / scratch_copy.database.name,
            select=("+fct_lens_productivity", "+fct_measure_grade"),
        )
    finally:
        scratch_copy.restore()


def beside(one: Path, other: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads two databases under the names ``one`` and ``other``."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        yield connection


@pytest.fixture
def ordered(as_it_is: Path, in_other_order: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The project as it is beside the one in another order."""
    yield from beside(as_it_is, in_other_order)


@pytest.fixture
def blanked(as_it_is: Path, with_one_blank: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The project as it is beside the one with a blank."""
    yield from beside(as_it_is, with_one_blank)


def marts(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """The marts of a database."""
    rows = connection.execute(
        """
        select table_name from duckdb_tables()
        where database_name = $database and schema_name = 'marts' order by table_name
        """,
        {"database": database},
    ).fetchall()
    return [name for (name,) in rows]


def test_row_order_and_threads_leave_every_mart(ordered: duckdb.DuckDBPyConnection) -> None:
    """Every row of every mart is the same to the last bit: ranks and grades, sums and bands."""
    names = marts(ordered, "one")
    assert {"fct_measure_grade", "fct_ranking", "fct_rank_band"} <= set(names)
    assert names == marts(ordered, "other")
    differing = {}
    for mart in names:
        rows, unlike = ordered.execute(
            f"""
            select
                (select count(*) from one.marts.{mart}),
                (select count(*) from (from one.marts.{mart} except all from other.marts.{mart}))
                + (select count(*) from (from other.marts.{mart} except all from one.marts.{mart}))
            """
        ).fetchone()
        if unlike or (not rows and mart not in ALLOWED_EMPTY):
            differing[mart] = unlike
    assert not differing


def test_a_blank_leaves_every_other_score(blanked: duckdb.DuckDBPyConnection) -> None:
    """Every other council, measure and edition keeps its score to the last bit, and its grade and reason."""
    exact = " and ".join(
        f"one.{column} is not distinct from other.{column}"
        for column in ("is_active", "score", "grade", "missing_reason")
    )
    rows, changed = blanked.execute(
        f"""
        select count(*), count(*) filter (not ({exact}))
        from one.marts.fct_measure_grade as one
        full join other.marts.fct_measure_grade as other using (edition, ranking_id, gss_code, measure_id)
        where not ({ITS_ROW})
        """
    ).fetchone()
    assert rows > 50_000
    assert changed == 0


def test_a_blank_leaves_every_other_outcome(blanked: duckdb.DuckDBPyConnection) -> None:
    """Only the council's own lens of that edition has another outcome score."""
    changed = blanked.execute(
        """
        select edition, gss_code, ranking_id, one.measures_present - other.measures_present
        from one.marts.fct_lens_productivity as one
        inner join other.marts.fct_lens_productivity as other using (edition, gss_code, ranking_id)
        where one.outcome_score is distinct from other.outcome_score
        """
    ).fetchall()
    assert changed == [("2017-18", "E06000001", "childrens_social_care", 1)]


def test_the_blank_itself_is_missing_with_a_reason(blanked: duckdb.DuckDBPyConnection) -> None:
    """The council's own row has no value, no score and no grade, but says why."""
    found = [
        blanked.execute(
            f"""
            select value, score is null, grade, missing_reason
            from {each}.marts.fct_measure_grade where {ITS_ROW}
            """
        ).fetchone()
        for each in ("one", "other")
    ]
    assert found[0][:2] == (15.6, False)
    assert found[1] == (None, True, None, "not_available")
