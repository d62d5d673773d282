"""``make spark`` and ``make postgres`` compare the marts whatever dbt's tests said, and say both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.proofs.engines import postgres, spark
from scripts.proofs.engines.cluster import Cluster
from scripts.proofs.engines.compare import Comparison

FAILED, DIFFERENCE = "test.ranks_are_whole: fail", "productivity_rank: 2 values differ"
SAME, DIFFERENT = Comparison("fct_ranking"), Comparison("fct_ranking", differences=[DIFFERENCE])
Run = Callable[..., int]


@pytest.fixture
def on_spark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command of Spark, with a build that ends so and marts that compare so."""

    def run(is_good: bool, marts: int, found: Comparison) -> int:
        broken = [] if is_good else [FAILED]
        for mart in range(marts):
            written = tmp_path / spark.WAREHOUSE / "marts.db" / f"fct_{mart}"
            written.mkdir(parents=True)
            (written / "part-0.parquet").touch()
        # What broke off while it was written is no mart.
        (tmp_path / spark.WAREHOUSE / "marts.db" / "fct_begun" / "_temporary").mkdir(parents=True)
        monkeypatch.setattr(spark, "ROOT", tmp_path)
        monkeypatch.setattr(spark, "ready", lambda: "17")
        monkeypatch.setattr(spark, "build", lambda draws: spark.Build(is_good, 1, 1, broken=broken))
        monkeypatch.setattr(spark, "reference", lambda root, draws: root)
        monkeypatch.setattr(spark, "compare_with", lambda database: [found])
        return spark.main([])

    return run


@pytest.fixture
def on_postgres(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command of PostgreSQL, likewise."""

    @contextmanager
    def running() -> Iterator[Cluster]:
        yield Cluster(1, "15", tmp_path, "", "", "")

    def run(is_good: bool, marts: int, found: Comparison) -> int:
        broken = [] if is_good else [FAILED]
        held = {"marts": [f"fct_{mart}" for mart in range(marts)]} if marts else {"seeds": ["rankings"]}
        monkeypatch.setattr(postgres.signal, "signal", lambda *_: None)
        monkeypatch.setattr(postgres, "running", running)
        monkeypatch.setattr(postgres, "query", lambda *_: "megabytes\n1\n")
        monkeypatch.setattr(postgres, "build", lambda *_: postgres.Build(is_good, 1, broken=broken))
        monkeypatch.setattr(postgres, "relations", lambda _: held)
        monkeypatch.setattr(postgres, "reference", lambda root, draws: root)
        monkeypatch.setattr(postgres, "compare_with", lambda *_: [found])
        monkeypatch.setattr(postgres, "reader_faults", lambda _: [])
        monkeypatch.setattr(postgres, "tool_faults", lambda _: [])
        return postgres.main([])

    return run


@pytest.mark.parametrize("engine", ["on_spark", "on_postgres"])
@pytest.mark.parametrize("is_good", [True, False])
@pytest.mark.parametrize("found", [SAME, DIFFERENT], ids=["same", "different"])
def test_tests_and_marts_are_both_told(
    engine: str,
    is_good: bool,
    found: Comparison,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A failed test does not keep a difference from being seen, nor the other way round."""
    status = request.getfixturevalue(engine)(is_good, 1, found)
    printed = capsys.readouterr().out
    assert status == (0 if is_good and found is SAME else 1)
    assert (FAILED in printed) is not is_good
    assert (DIFFERENCE in printed) is (found is DIFFERENT)
    assert f"{int(found is SAME)} of 1 marts are the same" in printed
    assert ("failed all the same, 1 times" in printed) is not is_good


@pytest.mark.parametrize("engine", ["on_spark", "on_postgres"])
def test_without_a_mart_nothing_is_compared(
    engine: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build that never came so far says why, and no more."""
    assert request.getfixturevalue(engine)(False, 0, SAME) == 1
    printed = capsys.readouterr().out
    assert FAILED in printed
    assert "nothing to compare" in printed
    assert "are the same" not in printed
