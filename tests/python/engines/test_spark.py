"""A small part of the project on Spark: macros, seeds, contracts, draws and some marts.

The whole project is compared by ``make spark``.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from scripts.build import DATABASE
from scripts.proofs.engines import spark
from scripts.proofs.engines.compare import compared

pytestmark = pytest.mark.nightly("macros, contracts, draws and some marts on Spark are DuckDB's")
DRAWS = 3
MARTS = ("dim_measure", "dim_council", "dim_ranking", "dim_publication", "bridge_council_peer")
DRAWN = {
    "int_draws__lens_settings": (["scenario_id", "draw", "ranking_id"], "scenario_id = 'uncertainty'"),
    "int_draws__measure_weights": (["draw", "measure_id"], "true"),
}
SELECTION = (
    *(f"+{mart}" for mart in MARTS),
    *(f"+{model}" for model in DRAWN),
    # Hand-worked numbers of every scoring macro, and through them those of the engine.
    "path:tests/scoring",
)


@pytest.fixture(scope="module")
def built(root: Path) -> spark.Build:
    """The selection, built on Spark."""
    try:
        spark.ready(root)
    except spark.NoSparkError as error:
        pytest.skip(str(error))
    if not (root / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    return spark.build(DRAWS, ("build", "--indirect-selection", "empty", "--select", *SELECTION), root)


def test_everything_selected_passes(built: spark.Build, root: Path) -> None:
    """Seeds, contracts and the hand-worked numbers of every macro."""
    assert built.broken == []
    assert built.success
    kinds = {result["kind"] for result in json.loads((root / spark.RESULTS).read_text(encoding="utf-8"))}
    assert {"seed", "model", "test"} <= kinds


def test_marts_are_those_of_duckdb(built: spark.Build, root: Path) -> None:
    """Row by row and value by value."""
    found = spark.compare_with(root / DATABASE, MARTS, root)
    assert {each.mart: each.differences for each in found} == {mart: [] for mart in MARTS}
    assert all(each.rows for each in found)


@pytest.mark.parametrize("model", DRAWN)
def test_draws_are_those_of_duckdb(built: spark.Build, root: Path, model: str) -> None:
    """A draw's number means the same choices on every engine."""
    key, which = DRAWN[model]
    source = root / spark.WAREHOUSE / "intermediate.db" / model / "*.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{root / DATABASE}' as published (read_only)")
        for side, relation in (
            ("ours", f"published.intermediate.{model}"),
            ("theirs", f"read_parquet('{source}')"),
        ):
            connection.execute(
                f"create view {side} as select * from {relation} where draw <= {DRAWS} and {which}"
            )
        found = compared(connection, model, "ours", "theirs", key)
    assert found.differences == []
    assert found.rows >= DRAWS


def test_nothing_is_left_in_the_working_folder(built: spark.Build, root: Path) -> None:
    """What Spark writes lands in target/spark."""
    assert [name for name in ("metastore_db", "derby.log", "spark-warehouse") if (root / name).exists()] == []


def test_without_java_there_is_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It says which Java and where to get it."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(spark.NoSparkError, match="Spark needs Java 17 or later"):
        spark.java()


def test_an_old_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Spark would fail with a page of Java."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(spark.NoSparkError, match=r"Found: 11\.0\.2"):
        spark.java()


def test_without_its_environment_there_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the command that sets it up."""
    monkeypatch.setattr(spark, "java", lambda: "17")
    with pytest.raises(spark.NoSparkError, match=r"make \.venvs/spark"):
        spark.ready(tmp_path)
