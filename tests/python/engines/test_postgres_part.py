"""A part of the project on PostgreSQL: macros, seeds, contracts, grades and lines of spend.

The whole project, with its draws, is compared by ``make postgres`` and, at night, by ``test_postgres.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.build import DATABASE
from scripts.proofs.engines import cluster as server
from scripts.proofs.engines import postgres
from scripts.proofs.engines.cluster import Cluster, NoServerError

pytestmark = pytest.mark.slow("macros, contracts, grades and spend on PostgreSQL are DuckDB's")
MARTS = (
    *("fct_measure_grade", "fct_domain_score", "fct_spend_line", "bridge_council_peer"),
    *("dim_council", "dim_measure", "dim_publication", "dim_ranking"),
)
SELECTION = (
    *(f"+{mart}" for mart in MARTS),
    # Hand-worked numbers of every scoring macro, and through them those of the engine.
    "path:tests/scoring",
)


@pytest.fixture(scope="module")
def built(root: Path) -> Iterator[tuple[Cluster, postgres.Build]]:
    """A server with the selection built on it."""
    try:
        server.binaries()
    except NoServerError as error:
        pytest.skip(str(error))
    if not (root / postgres.DBT).exists():
        pytest.skip("its environment is not set up: make .venvs/postgres/.installed")
    if not (root / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    with server.running() as cluster:
        chosen = ("--indirect-selection", "empty", "--select", *SELECTION)
        yield cluster, postgres.build(cluster, selection=chosen)


def test_everything_selected_passes(built: tuple[Cluster, postgres.Build]) -> None:
    """Seeds, contracts and the hand-worked numbers of every macro."""
    _, build = built
    assert build.success, "\n\n".join(build.broken)
    assert set(build.statuses) <= {"success", "pass", "no-op"}, build.statuses
    assert build.statuses["pass"] > 10


def test_marts_are_those_of_duckdb(built: tuple[Cluster, postgres.Build], root: Path) -> None:
    """Row by row and value by value."""
    found = postgres.compare_with(built[0], root / DATABASE, root, MARTS)
    assert {each.mart: each.differences for each in found} == {mart: [] for mart in MARTS}
    assert all(each.rows for each in found)
