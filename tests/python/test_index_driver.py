"""The driver behind ``make index``: what it builds, keeps, prints and refuses."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project, added, replaced
from tiny_project import laid_out

from scripts import index
from scripts.build import LEAST_DRAWS
from scripts.proofs.engines import postgres, spark
from scripts.release import __main__ as release

pytestmark = pytest.mark.slow("what the driver builds, keeps, prints and refuses")
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
    assert "Overall, 2021-22: 2 councils ranked on 2 of 2 lenses (2023-24 has 1)\n" in output
    assert "   1  Ayton    120.5  1 to 2" in output


def test_each_lens_says_who_leads_in_its_newest_edition_and_why_in_that_one(tiny: Project) -> None:
    """A publication that ended, an edition without an index, too few measures: in the words of the marts."""
    _, output = tiny.build()
    lines = output.splitlines()
    assert "Waste and recycling  2021-22  Beeford  1 to 2 of 1  2023-24: Fly-tipping held to 2022-23" in lines
    assert "Older people         2023-24  Ceeham   1 to 2 of 1  2024-25: no budgets held" in lines
    tiny.edited("models/marts/dim_measure.sql", replaced("'2022-23' as", "'2023-24' as"))
    last = "\nunion all\nselect '2024-25', false, false, 0, 'no budgets held'"
    tiny.edited("models/marts/dim_edition.sql", replaced(last, ""))
    tiny.planted(SCORES, added("waste,Ayton,101"))
    status, output = tiny.build()
    assert status == 0, output
    lines = output.splitlines()
    assert "Waste and recycling  2021-22  Ayton, Beeford  1 to 2 of 2  2023-24: too few measures" in lines
    assert "Older people         2023-24  Ceeham          1 to 2 of 1" in lines


def test_the_query_that_is_printed_runs(tiny: Project) -> None:
    """The command printed at the end prints every newest top ten."""
    _, output = tiny.build()
    interpreter, *arguments = shlex.split(output[output.index(".venv/bin/python -c") :])
    assert interpreter == ".venv/bin/python"
    command = [sys.executable, *arguments]
    printed = subprocess.run(command, cwd=tiny.root, capture_output=True, text=True, check=True).stdout
    assert [printed.count(name) for name in ("Ayton", "Beeford", "Ceeham")] == [1, 2, 1]


def test_a_build_records_what_it_was_built_from(tiny: Project) -> None:
    """The record beside the database says from what and with what it was built."""
    record = json.loads((tiny.root / "warehouse" / "build.json").read_text())
    assert record["nodes"] == {"model": 8, "seed": 1, "test": 2}
    assert record["versions"]["duckdb"] == "2.0.0"
    assert len(record["checksum"]) == 64


def test_unit_tests_are_run_once_by_whoever_asks_for_them(tiny: Project) -> None:
    """They run upon the build that is there, which stays as it was, and are not run again."""
    record = tiny.root / "warehouse" / "build.json"
    tiny.build("--force")
    assert json.loads(record.read_text())["unit_tested"] is False
    before = tiny.database.read_bytes()
    status, output = tiny.build("--unit-tests")
    assert status == 0, output
    assert "Ran 1 unit tests in" in output
    assert json.loads(record.read_text())["unit_tested"] is True
    assert tiny.database.read_bytes() == before
    assert not (tiny.root / "warehouse" / "building").exists()
    assert "reading the project" not in tiny.build("--unit-tests")[1]


def test_a_build_with_unit_tests_has_passed_them(tiny: Project) -> None:
    """Who builds with them need not run them again."""
    status, output = tiny.build("--force", "--unit-tests")
    assert status == 0, output
    assert "Built 12 nodes" in output
    assert "reading the project" not in tiny.build("--unit-tests")[1]


def test_a_unit_test_that_fails_after_the_build_is_told_and_asked_again(tiny: Project) -> None:
    """The database stays published: its figures passed their own tests."""
    tiny.edited("models/marts/_marts.yml", replaced("productivity_rank: 2", "productivity_rank: 7"))
    assert tiny.build()[0] == 0
    before = tiny.database.read_bytes()
    for _ in range(2):
        status, output = tiny.build("--unit-tests")
        assert status == 1
        assert "Unit test the_best_score_ranks_first (on fct_ranking, models/marts/_marts.yml)" in output
        assert "The previous database is unchanged." in output
    assert tiny.database.read_bytes() == before


def test_fewer_draws_are_another_build_and_said(tiny: Project) -> None:
    """The number of draws is among the inputs: another number builds again."""
    status, output = tiny.build("--draws", "100")
    assert status == 0, output
    assert "Built 11 nodes" in output
    assert "The rank bands are those of 100 draws." in output
    record = json.loads((tiny.root / "warehouse" / "build.json").read_text())
    assert record["variables"] == {"draws": 100, "effect_draws": 20}
    assert "Nothing changed since the last build" in tiny.build("--draws", "100")[1]
    status, output = tiny.build()
    assert status == 0, output
    assert "Built 11 nodes" in output
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
    assert "Test scores_are_positive guards model fct_ranking" in output
    assert "Rule: No productivity index is zero or less." in output
    assert "Ceeham" in output


def test_errors_are_told_without_a_stack_trace(tiny: Project) -> None:
    """A model the engine refuses and a unit test that fails say why."""
    tiny.edited("models/marts/dim_ranking.sql", replaced("'waste' as ranking_id", "nowhere as ranking_id"))
    tiny.edited("models/marts/_marts.yml", replaced("productivity_rank: 2", "productivity_rank: 7"))
    status, output = tiny.build("--unit-tests")
    assert status == 1
    assert "Model dim_ranking (models/marts/dim_ranking.sql)" in output
    assert "nowhere" in output
    assert "Unit test the_best_score_ranks_first (on fct_ranking, models/marts/_marts.yml)" in output
    assert "actual differs from expected" in output
    assert "Traceback" not in output


def test_a_project_dbt_cannot_read_is_told(tiny: Project) -> None:
    """A reference to a model that does not exist stops the build before it starts."""
    tiny.edited("models/marts/fct_ranking.sql", replaced("ref('scores')", "ref('scorse')"))
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


def test_a_selection_of_nothing_is_told(tiny: Project) -> None:
    """A name that is not there is no success."""
    status, output = tiny.build(select=("scorse",))
    assert status == 1
    assert output.splitlines()[1:] == ["Nothing to build is called scorse: name seeds, models or tests."]


@pytest.mark.parametrize("draws", ["20", "0", "abc", "49", "1e3"])
def test_too_few_draws_are_refused_at_once(draws: str) -> None:
    """As the command is printed: one line says what is the least, and why."""
    said = made("index", f"DRAWS={draws}")
    assert said[0] == (
        f"python -m scripts.index: error: argument --draws: {draws}: give a whole number, 50 or more; bands "
        "of fewer draws are too rough for the published ranks to lie inside"
    )
    assert [line.split(":")[0] for line in said[1:]] == ["make"]


@pytest.mark.parametrize("parser", [index.parsed, spark.main, postgres.main, release.main])
def test_the_least_number_of_draws_is_the_same_everywhere(
    parser: Callable[[list[str]], object], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever draws are given: one line, before anything is started."""
    with pytest.raises(SystemExit):
        parser(["--draws", "49"])
    printed = capsys.readouterr()
    assert printed.out.strip() == ""
    assert len(printed.err.splitlines()) == 1
    assert f"give a whole number, {LEAST_DRAWS} or more" in printed.err


def test_an_unknown_target_is_told() -> None:
    """Not in make's words."""
    (said,) = made("idnex")
    assert said.endswith("There is no target idnex: make help lists them.  Stop.")


def made(*arguments: str) -> list[str]:
    """What make says where it fails; the environment is taken as it is."""
    done = subprocess.run(
        ["make", "--no-print-directory", "--old-file", ".venv/.installed", *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout.strip() == ""
    # A clock that goes wrong is the machine's affair.
    return [line for line in done.stderr.splitlines() if "arning" not in line]


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
    query = "select sum(productivity_index) from fct_ranking"
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
    assert "Built 11 nodes" in output
    assert marts.exists()
