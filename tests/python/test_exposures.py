"""Exposures name exactly the marts that each consumer reads, as its own files show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb
import pytest
import yaml
from conftest import ROOT

from scripts.build import DATABASE

MARTS = ROOT / "models" / "marts"
READ = re.compile(r"\bmarts\.((?:bridge|dim|fct|rpt)_\w+)\b")
REFERENCE = re.compile(r"\bref\('((?:bridge|dim|fct|rpt)_\w+)'\)")
CONSUMERS = {
    "council_reports": ("site_src/queries/*.sql", "scripts/site/*.py"),
    "documentation": ("README.md", "docs/*.md", "analyses/*.sql"),
    "release_gates": ("gates/**/*.sql", "scripts/release/**/*.sql", "scripts/release/*.py"),
}
# Names that the notes of a release put together.
FAMILIES = {"fct_quality_": {"fct_quality_ranking", "fct_quality_measure", "fct_quality_publication"}}


def declared(key: str) -> Iterator[dict[str, Any]]:
    """Everything that the marts' YAML declares under a key."""
    for path in sorted(MARTS.rglob("*.yml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8")).get(key, [])


@cache
def exposed() -> dict[str, set[str]]:
    """The marts of each exposure."""
    return {
        exposure["name"]: set(REFERENCE.findall(" ".join(exposure["depends_on"])))
        for exposure in declared("exposures")
    }


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_an_exposure_is_what_its_consumer_reads(consumer: str) -> None:
    """The report site, the pages and the gates of a release name every mart they read, and no other."""
    texts = [path.read_text(encoding="utf-8") for glob in CONSUMERS[consumer] for path in ROOT.glob(glob)]
    named = {name for text in texts for pattern in (READ, REFERENCE) for name in pattern.findall(text)}
    read = {mart for name in named for mart in FAMILIES.get(name, {name})}
    assert len(read) > 10
    assert exposed()[consumer] == read


def test_the_semantic_layer_exposes_its_marts() -> None:
    """The exposure of the metrics names every mart that has a semantic model."""
    assert exposed()["semantic_layer"] == {
        model["name"] for model in declared("models") if model.get("semantic_model")
    }


def test_every_mart_has_a_consumer() -> None:
    """No mart is published that nobody reads."""
    marts = {path.stem for path in MARTS.rglob("*.sql")}
    assert marts - set().union(*exposed().values()) == set()


def test_the_scorecard_of_the_marts_counts_what_is_declared() -> None:
    """Exposures and columns of every mart in ``fct_quality_table`` are those of the YAML."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    models = {model["name"]: model["columns"] for model in declared("models")}
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as database:
        counted = database.execute(
            "select table_name, exposures, columns_in_all, columns_described, columns_in_contract "
            "from marts.fct_quality_table"
        ).fetchall()
    assert {name for name, *_ in counted} == set(models)
    for name, exposures, columns, described, typed in counted:
        assert exposures == sum(name in named for named in exposed().values()), name
        assert columns == len(models[name]), name
        assert described == sum(bool(column.get("description")) for column in models[name]), name
        assert typed == sum(bool(column.get("data_type")) for column in models[name]), name
