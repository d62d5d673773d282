"""The driver behind ``make index``: what it builds, keeps, prints and refuses."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import Project, added, replaced
from tiny_project import laid_out

SCORES = "outcomes/scores"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny project, built once."""
    return laid_out(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def tiny(built: Project) -> Iterator[Project]:
    """The tiny project with every edit of the test undone after it."""
    yield built
    built.restore()


def test_an_unchanged_project_is_printed_and_not_built(tiny: Project) -> None:
    """The same inputs give the same database: nothing to do but print."""
    before = tiny.database.stat().st_mtime_ns
    status, output = tiny.build()
    assert status == 0
    assert "Nothing changed since the last build" in output
    assert tiny.database.stat().st_mtime_ns == before
    assert output.index("Overall, 2023-24 (2 councils ranked)") < output.index("Waste and recycling, 2023-24")
    assert "   1  Ayton    120.5" in output


def test_a_build_records_what_it_was_built_from(tiny: Project) -> None:
    """The record beside the database says from what and with what it was built."""
    record = json.loads((tiny.root / "warehouse" / "build.json").read_text())
    assert record["nodes"] == {"model": 2, "seed": 1, "test": 2, "unit_test": 1}
    assert record["versions"]["duckdb"] == "2.0.0"
    assert len(record["checksum"]) == 64


def test_fewer_draws_are_another_build_and_said(tiny: Project) -> None:
    """The number of draws is among the inputs: another number builds again."""
    status, output = tiny.build("--draws", "100")
    assert status == 0, output
    assert "Built 6 nodes" in output
    assert "The rank bands are those of 100 draws." in output
    record = json.loads((tiny.root / "warehouse" / "build.json").read_text())
    assert record["variables"] == {"draws": 100, "effect_draws": 20}
    assert "Nothing changed since the last build" in tiny.build("--draws", "100")[1]
    status, output = tiny.build()
    assert status == 0, output
    assert "Built 6 nodes" in output
    assert "draws." not in output


def test_a_failed_build_names_rule_and_rows_and_publishes_nothing(tiny: Project) -> None:
    """One build with a blank and a negative score: both rules are told, the database stays."""
    before = tiny.database.read_bytes()
    tiny.planted(SCORES, replaced("Ayton,120.5", "Ayton,"))
    tiny.planted(SCORES, added("waste,Ceeham,-3"))
    status, output = tiny.build()
    assert status == 1
    assert "Test every_score_is_printed guards seed scores (seeds/outcomes/scores.csv)" in output
    assert "Rule: Every council's row prints a score." in output
    assert "Rows that break it: 1." in output
    assert "Ayton" in output
    assert "nodes depend on these and were skipped" in output
    assert "The previous database is unchanged." in output
    assert tiny.database.read_bytes() == before


def test_failing_rows_of_a_test_over_models_are_shown(tiny: Project) -> None:
    """A test that stands on its own names the models it reads."""
    tiny.planted(SCORES, added("waste,Ceeham,-3"))
    status, output = tiny.build()
    assert status == 1
    assert "Test scores_are_positive guards model fct_top_ten" in output
    assert "Rule: No productivity index is zero or less." in output
    assert "Ceeham" in output


def test_errors_are_told_without_a_stack_trace(tiny: Project) -> None:
    """A model the engine refuses and a unit test that fails say why."""
    tiny.edited("models/marts/dim_lens.sql", replaced("'waste' as lens_id", "nowhere as lens_id"))
    tiny.edited("models/marts/_marts.yml", replaced("productivity_rank: 2", "productivity_rank: 7"))
    status, output = tiny.build()
    assert status == 1
    assert "Model dim_lens (models/marts/dim_lens.sql)" in output
    assert "nowhere" in output
    assert "Unit test the_best_score_ranks_first (on fct_top_ten, models/marts/_marts.yml)" in output
    assert "actual differs from expected" in output
    assert "Traceback" not in output


def test_a_project_dbt_cannot_read_is_told(tiny: Project) -> None:
    """A reference to a model that does not exist stops the build before it starts."""
    tiny.edited("models/marts/fct_top_ten.sql", replaced("ref('scores')", "ref('scorse')"))
    status, output = tiny.build()
    assert status == 1
    assert "scorse" in output
    assert "Traceback" not in output


def test_a_selection_is_checked_and_not_published(tiny: Project) -> None:
    """Selected nodes are built apart; the published database stays."""
    before = tiny.database.stat().st_mtime_ns
    status, output = tiny.build(select=("scores",))
    assert status == 0, output
    assert "Built 2 nodes" in output
    assert tiny.database.stat().st_mtime_ns == before


def test_two_builds_at_once_are_refused(tiny: Project) -> None:
    """The second build says why it does not start."""
    lock: Path = tiny.root / "warehouse" / ".lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        status, output = tiny.build("--force")
    assert status == 1
    assert "Another build is running in this folder" in output


def test_the_marts_are_published_under_an_open_reader(tiny: Project) -> None:
    """A build is not blocked by whoever reads the marts' file, and makes it anew where it is gone."""
    marts: Path = tiny.root / "warehouse" / "marts.duckdb"
    query = "select sum(productivity_index) from fct_top_ten"
    with duckdb.connect(str(marts), read_only=True) as reader:
        (before,) = reader.execute(query).fetchone()
        tiny.planted(SCORES, added("waste,Ceeham,3"))
        status, output = tiny.build()
        assert status == 0, output
        assert reader.execute(query).fetchone() == (before,)
    with duckdb.connect(str(marts), read_only=True) as reader:
        assert reader.execute(query).fetchone() == (before + 3,)
    marts.unlink()
    status, output = tiny.build()
    assert status == 0, output
    assert "Built 6 nodes" in output
    assert marts.exists()
