"""Coefficients of the companion ranking are written as the model computes them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT

from scripts import write_companion
from scripts.build import BUILDING, Outcome

ROWS = '2,older_people,income_deprivation,0.25,0.125,"7 councils and years, 2015-16 to 2019-20"\n'


def prepared(root: Path, kept: str) -> Path:
    """A folder with a built model of one coefficient, and a seed that holds these rows."""
    (root / BUILDING).parent.mkdir(parents=True)
    with duckdb.connect(str(root / BUILDING)) as connection:
        connection.execute("create schema intermediate")
        connection.execute(
            """
            create table intermediate.int_companion__coefficients_recomputed as
            select 'older_people' as ranking_id, 'income_deprivation' as regressor_id,
                0.25::double as coefficient, 0.125::double as regressor_mean,
                7 as councils_pooled, '2015-16' as first_edition,
                '2019-20' as last_edition
            """
        )
    (root / "dbt_project.yml").write_text(yaml.safe_dump({"vars": {"method_version": "2"}}))
    seed = root / write_companion.SEED
    seed.parent.mkdir(parents=True)
    seed.write_text(",".join(write_companion.COLUMNS) + "\n" + kept)
    return seed


def test_coefficients_of_the_method_version_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anew for this version, as they are for an earlier one."""
    earlier = "1,older_people,income_deprivation,0.5,0.5,earlier\n"
    seed = prepared(tmp_path, f"{earlier}2,older_people,gone,9,9,to be replaced\n")
    monkeypatch.setattr(write_companion, "ROOT", tmp_path)
    monkeypatch.setattr(write_companion, "build", lambda *_: Outcome(success=True))
    assert write_companion.main() == 0
    assert seed.read_text() == ",".join(write_companion.COLUMNS) + "\n" + earlier + ROWS
    assert "holds 1 coefficients of method version 2" in capsys.readouterr().out


def test_a_failed_build_leaves_the_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says why."""
    seed = prepared(tmp_path, "")
    said: list[Outcome] = []
    monkeypatch.setattr(write_companion, "ROOT", tmp_path)
    monkeypatch.setattr(write_companion, "build", lambda *_: Outcome(success=False))
    monkeypatch.setattr(write_companion, "print_outcome", lambda outcome, _: said.append(outcome))
    assert write_companion.main() == 1
    assert len(said) == 1
    assert seed.read_text() == ",".join(write_companion.COLUMNS) + "\n"


def test_the_seed_has_the_columns_that_are_written() -> None:
    """The header of the seed is the list here."""
    with (ROOT / write_companion.SEED).open(encoding="utf-8") as file:
        assert file.readline().strip().split(",") == write_companion.COLUMNS
