"""``make check-changed`` builds what differs from a base and what depends on it, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Project, added, replaced
from tiny_project import laid_out

pytestmark = pytest.mark.slow("a pull request builds what differs from its base and what depends on it")
SCORES, LENSES, RANKING = (
    "seeds/outcomes/scores.csv",
    "models/marts/dim_ranking.sql",
    "models/marts/fct_ranking.sql",
)


def git(root: Path, *arguments: str) -> None:
    """Run git as somebody."""
    nobody = ("-c", "user.name=Nobody", "-c", "user.email=nobody@council-productivity.example")
    subprocess.run(["git", *nobody, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny project, built from main, on a branch of its own."""
    project = laid_out(tmp_path_factory.mktemp("changed"))
    (project.root / ".gitignore").write_text("__pycache__/\nlogs/\ntarget/\nwarehouse/\n", encoding="utf-8")
    git(project.root, "init", "--initial-branch", "main")
    git(project.root, "add", ".")
    git(project.root, "commit", "--message", "Tiny")
    git(project.root, "switch", "--create", "change")
    return project


@pytest.fixture
def tiny(committed: Project) -> Iterator[Project]:
    """The tiny project; every edit and commit is undone after the test."""
    yield committed
    committed.restore()
    git(committed.root, "reset", "--hard", "main")


def check(project: Project) -> tuple[int, str]:
    """Build what differs from main, and see that nothing is published."""
    before = project.database.stat().st_mtime_ns if project.database.exists() else None
    done = subprocess.run(
        [sys.executable, "-m", "scripts.changed", "main"],
        cwd=project.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    after = project.database.stat().st_mtime_ns if project.database.exists() else None
    assert before == after or "everything is built" in done.stdout
    return done.returncode, done.stdout


def test_an_unchanged_project_builds_nothing(tiny: Project) -> None:
    """A change to what dbt does not read is none for dbt."""
    tiny.edited("scripts/tables.py", added("# Another line."))
    status, output = check(tiny)
    assert status == 0, output
    assert "Nothing that dbt reads differs from main" in output


def test_a_changed_model_builds_itself_alone_where_nothing_depends_on_it(tiny: Project) -> None:
    """Committed or not, the change is seen; the rest of the project stands in the copy."""
    tiny.edited(LENSES, replaced("1 as ranking_order", "2 as ranking_order"))
    git(tiny.root, "commit", "--all", "--message", "Another order")
    status, output = check(tiny)
    assert status == 0, output
    assert ": dim_ranking." in output
    assert "Built 1 nodes" in output


def test_a_changed_figure_builds_its_seed_and_what_depends_on_it(tiny: Project) -> None:
    """Seed, its test, the mart, its unit test, the test over the mart; not the other mart."""
    tiny.edited(SCORES, replaced("120.5", "121.5"))
    status, output = check(tiny)
    assert status == 0, output
    assert ": scores." in output
    assert "Built 5 nodes" in output


def test_a_change_that_breaks_a_test_fails(tiny: Project) -> None:
    """The test over the changed mart reads the unchanged seed in the copy, and says what is wrong."""
    tiny.edited(RANKING, replaced("productivity_index::double as", "-productivity_index::double as"))
    status, output = check(tiny)
    assert status == 1
    assert "Test scores_are_positive guards model fct_ranking" in output
    assert "Ayton" in output


def test_without_the_database_of_the_base_what_is_needed_is_built(tiny: Project) -> None:
    """The seed is built to compute from; its own test is main's. Seeds over 1 MiB are compared whole."""
    kept = tiny.database.rename(tiny.root / "warehouse" / "kept")
    try:
        tiny.edited(RANKING, replaced("'2023-24'", "'2024-25'"))
        status, output = check(tiny)
        assert status == 0, output
        assert "is not that of main" in output
        assert "Built 4 nodes" in output

        git(tiny.root, "switch", "main")
        tiny.restore()
        tiny.edited(
            SCORES, added("\n".join(f"long,Council {number},{number}" for number in range(1, 60_000)))
        )
        git(tiny.root, "commit", "--all", "--message", "More than 1 MiB")
        tiny.edited(SCORES, replaced("Council 59999,59999", "Council 59999,59998"))
        status, output = check(tiny)
        assert status == 0, output
        assert ": scores." in output
    finally:
        kept.rename(tiny.database)
        git(tiny.root, "reset", "--hard", "change")
        git(tiny.root, "switch", "change")


def test_what_dbts_comparison_does_not_see_builds_everything(tiny: Project) -> None:
    """A variable is no part of the nodes that read it."""
    tiny.edited("dbt_project.yml", added("vars: {lens_minimum_measures: 3}"))
    status, output = check(tiny)
    assert status == 0, output
    assert "dbt_project.yml differ from main" in output
    assert "everything is built" in output
    assert "Built 12 nodes" in output


def test_a_base_that_git_does_not_know_is_told(tiny: Project) -> None:
    """No stack trace, and what to do."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.changed", "nowhere"],
        cwd=tiny.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "fetch nowhere with its history" in done.stderr
    assert "Traceback" not in done.stderr
