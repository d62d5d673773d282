"""Two releases of the real figures, with few draws: the second tells what one changed figure did."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Project, replaced

from scripts.build import BUILDING, DATABASE, Outcome
from scripts.release.publish import make

pytestmark = pytest.mark.slow("two releases of the real figures, and what one changed figure did")
FIGURE, REVISED = "ReReferral,E06000001,2018,15.6", "ReReferral,E06000001,2018,17.6"


def revised(project: Project, database: Path) -> None:
    """Change the figure and build what depends on it into the database."""
    # Where the driver builds: for another path dbt would read the whole project anew.
    (project.root / BUILDING).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(database, project.root / BUILDING)
    project.planted("outcomes/dfe_lait", replaced(f"\n{FIGURE}\n", f"\n{REVISED}\n"))
    dbt = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "build"]
    try:
        done = subprocess.run(
            [
                *(*dbt, "--profiles-dir", ".", "--select", "dfe_lait+"),
                *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
            ],
            cwd=project.root,
            env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": str(BUILDING)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    finally:
        project.restore()
    assert done.returncode == 0, done.stdout
    shutil.move(project.root / BUILDING, database)


@pytest.fixture(scope="module")
def releases(scratch_copy: Project, scratch_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, a figure apart, and a third of the first's database."""
    folder = tmp_path_factory.mktemp("pair")
    shutil.copytree(ROOT / "gates", folder / "gates")
    database = folder / DATABASE

    def as_it_is(*_: object) -> Outcome:
        shutil.copy(scratch_database, database)
        return Outcome(success=True)

    def with_a_revision(*_: object) -> Outcome:
        shutil.copy(scratch_database, database)
        revised(scratch_copy, database)
        return Outcome(success=True)

    assert make(folder, "1", draws=50, builder=as_it_is) == 0
    shutil.copytree(folder / "releases" / "1", folder / "first")
    assert make(folder, "2", draws=50, builder=with_a_revision) == 0
    return folder / "releases"


def test_the_notes_tell_the_figure_and_the_ranks_it_moved(releases: Path) -> None:
    """The row before and after, and the council."""
    notes = (releases / "2" / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    assert "15.6" in notes
    assert "17.6" in notes
    assert "Hartlepool" in notes


def test_only_what_the_figure_reaches_differs(releases: Path) -> None:
    """The manifests' counts and hashes by table: outcomes and ranks differ, spend and registers do not."""
    first, second = (
        json.loads((releases / version / "manifest.json").read_text())["database"]["rows_and_hash_by_table"]
        for version in ("1", "2")
    )
    assert first.keys() == second.keys()
    differing = {table for table in first if first[table] != second[table]}
    assert {"seeds.dfe_lait", "marts.fct_measure_grade", "marts.fct_ranking"} <= differing
    assert not differing & {"seeds.nhs_ascof", "marts.dim_measure", "marts.dim_council"}


def test_a_release_stays_as_it_was_when_another_follows(releases: Path) -> None:
    """Byte for byte."""
    kept = releases.parent / "first"
    files = [path.relative_to(kept) for path in kept.rglob("*") if path.is_file()]
    assert files
    assert all((kept / name).read_bytes() == (releases / "1" / name).read_bytes() for name in files)
    assert (releases / "current").resolve().name == "2"
