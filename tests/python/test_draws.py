"""The draws behind the rank bands: the same run id draws the same, however the work is spread."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, replaced

from scripts.build import DATABASE

drawn_anew = pytest.mark.slow("the same run id draws the same, another one otherwise")
# As many as the scratch copy has.
DRAWS = 50
TABLES = ("fct_draw_left_out", "fct_draw_parameter", "fct_rank_band")
# The models whose SQL holds the run id, and what follows from them.
DRAWN = ["int_draws__lens_settings+", "int_draws__measure_weights+", "int_draws__lens_ranks+"]


def tables(path: Path, folder: Path) -> dict[str, bytes]:
    """The tables of a database, in order of their keys, as CSV."""
    with duckdb.connect(path, read_only=True) as database:
        for table in TABLES:
            database.execute(f"copy (from marts.{table} order by all) to '{folder / table}.csv'")
    return {table: (folder / f"{table}.csv").read_bytes() for table in TABLES}


def dbt(folder: Path, *select: str, run_id: str = "1", threads: int = 4) -> dict[str, bytes]:
    """Run dbt on the database in a folder; returns the tables."""
    profile = replaced("threads: 4", f"threads: {threads}\n      settings: {{threads: {threads}}}")
    (folder / "profiles.yml").write_text(profile((ROOT / "profiles.yml").read_text()))
    draw_variables = {"draws": DRAWS, "effect_draws": 10, "uncertainty_run_id": run_id}
    wanted = [f"{node},+{table}" for node in select for table in TABLES] or [f"+{table}" for table in TABLES]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "run", "--no-populate-cache"),
            *("--select", *wanted, "--exclude", "resource_type:test", "resource_type:unit_test"),
            *("--vars", json.dumps(draw_variables)),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "COUNCIL_PRODUCTIVITY_DATABASE": str(folder / DATABASE.name),
            "DBT_PROFILES_DIR": str(folder),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    return tables(folder / DATABASE.name, folder)


@pytest.fixture(scope="module")
def first(scratch_database: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of run 1, drawn by four threads."""
    folder = tmp_path_factory.mktemp("draws")
    return tables(scratch_database, folder)


def copied(scratch_database: Path, folder: Path) -> Path:
    """A folder with a copy of the database of run 1."""
    shutil.copy(scratch_database, folder)
    return folder


@drawn_anew
def test_same_run_draws_the_same_by_one_thread_and_in_another_order(
    first: dict[str, bytes], scratch_database: Path, tmp_path: Path
) -> None:
    """Every seed turned round and everything computed anew by one thread: the same bytes."""
    with duckdb.connect(copied(scratch_database, tmp_path) / DATABASE.name) as database:
        seeds = database.execute(
            "select table_name from duckdb_tables where schema_name = 'seeds'"
        ).fetchall()
        assert len(seeds) > 20
        for (seed,) in seeds:
            top = database.execute(f"select columns(*)::text from seeds.{seed} limit 1").fetchone()
            database.execute(f"create or replace table seeds.{seed} as from seeds.{seed} order by rowid desc")
            bottom = database.execute(f"select columns(*)::text from seeds.{seed} limit 1").fetchone()
            rows = database.execute(f"select count(*) from seeds.{seed}").fetchone()
            assert top != bottom or rows < (2,), f"{seed} was not turned round"
    assert dbt(tmp_path, threads=1) == first


@drawn_anew
def test_another_run_draws_otherwise(first: dict[str, bytes], scratch_database: Path, tmp_path: Path) -> None:
    """Another run id gives other parameters and, with so few draws, other bands."""
    again = dbt(copied(scratch_database, tmp_path), *DRAWN, run_id="2")
    assert all(again[table] != first[table] for table in TABLES)


def test_parameters_follow_from_md5() -> None:
    """Normalisation, mean and weights of each draw are worked out again from their keys."""

    def uniform(*key: object) -> float:
        digits = hashlib.md5("|".join(map(str, ("1", *key))).encode(), usedforsecurity=False).hexdigest()
        return int(digits[:8], 16) / 2**32

    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    with duckdb.connect(ROOT / DATABASE, read_only=True) as database:
        (draws,) = database.execute("select max(draws) from marts.fct_rank_band").fetchone()
        rows = database.execute("""
            select parameters.draw, parameters.factor, parameters.subject_id, parameters.choice,
                parameters.weight / coalesce(lenses.weight_in_overall, 1)
            from marts.fct_draw_parameter as parameters
            left join staging.stg_register__rankings as lenses on lenses.ranking_id = parameters.subject_id
        """).fetchall()
    assert {draw for draw, *_ in rows} == set(range(1, draws + 1))
    for draw, factor, subject, choice, weight in rows:
        if factor in ("lens_weight", "measure_weight"):
            assert weight == pytest.approx(0.75 + 0.5 * uniform(factor, draw, subject), rel=1e-12)
            assert 0.75 <= weight <= 1.25
        elif factor == "outcome_mean":
            assert choice == ("arithmetic", "power")[int(2 * uniform("mean", draw, subject))]
        else:
            choices = {
                "normalisation": ("goalposts", "minmax", "percentile"),
                "spend": ("raw", "need_adjusted", "three_year"),
            }
            assert choice == choices[factor][int(3 * uniform(factor, draw))]
