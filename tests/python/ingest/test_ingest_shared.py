"""The publications themselves: their figures are those of the tidy tables, but for known causes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from examples import ROOT, contents, ingested, only_carried

from scripts import write_seeds
from scripts.ingest import carried, compare, run, seeds
from scripts.ingest.readers import READERS, mhclg_revenue_budget
from scripts.ingest.workbook import open_book

AUTHORITIES = mhclg_revenue_budget.AUTHORITIES
PUBLICATIONS = sorted({reader.publication_id for reader in READERS})


@pytest.fixture(scope="module")
def tidy(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds as the tidy figures fill them."""
    target = tmp_path_factory.mktemp("tidy") / "seeds"
    shutil.copytree(ROOT / "seeds", target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write_seeds, "SEEDS", target)
        assert write_seeds.main([str(shared / "figures")]) == 0
    return target


@pytest.fixture(scope="module")
def written(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds as the publications fill them, with no figure there before."""
    target = tmp_path_factory.mktemp("written") / "seeds"
    shutil.copytree(ROOT / "seeds", target)
    # The register of authorities is read as it is written: without it districts are not known.
    only_carried(target, {seed.path for reader in READERS for seed in reader.seeds} - {AUTHORITIES})
    for path in (run.FILES, run.BLOCKS, run.REVISIONS):
        (target / f"{path}.csv").unlink(missing_ok=True)
    result = run.ingest(shared / "publications", target, PUBLICATIONS)
    assert [reason for taken in result.refused for reason in taken.reasons] == []
    return target


def test_every_difference_from_the_tidy_figures_has_a_cause(tidy: Path, written: Path) -> None:
    """Nothing is unexplained, and nothing is carried but what the register of carried figures names."""
    differences = compare.compared(written, tidy)
    assert [change for change, cause in differences if cause == compare.UNEXPLAINED] == []
    read = {seed.path for reader in READERS for seed in reader.seeds}
    files = seeds.read(written, run.FILES)
    assert {row["sha256"] for row in files if row["reader"] == run.CARRIED} == {
        line.sha256 for line in carried.register(written) if line.seed in read
    }
    assert carried.register(written) == carried.register(ROOT / "seeds")
    assert {row["seed"] for row in seeds.read(written, run.BLOCKS)} == {
        seed.path for reader in READERS for seed in reader.seeds
    }


def test_ingesting_again_changes_nothing(shared: Path, written: Path) -> None:
    """The second run over all publications writes no byte."""
    before = contents(written)
    for part in ("nhs-dtoc", "ascof", "mhclg-revenue-outturn", "ons-population"):
        assert not ingested(shared / "publications" / part, written).written
    assert contents(written) == before


def test_every_number_of_the_dfe_code_list_is_known(shared: Path) -> None:
    """The list feeds no seed; the register of councils has its numbers."""
    (sheet,) = open_book(shared / "publications" / "dfe-lait" / "la_code_list.xlsx").sheets
    numbers = {sheet.text(row, 0) for row in range(1, sheet.height)}
    councils = {number for number in numbers if number.isdecimal() and int(number) < 970}
    known = {row["dfe_la_number"] for row in seeds.read(ROOT / "seeds", "register/councils")}
    assert len(councils) > 150
    assert councils <= known
