"""The publications themselves: their figures are those of the tidy tables, but for known causes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from examples import ROOT, contents, ingested, only_carried

from scripts.ingest import carried, compare, run, seeds, tidy_tables
from scripts.ingest.readers import READERS
from scripts.ingest.workbook import open_book

PUBLICATIONS = sorted({reader.publication_id for reader in READERS})


@pytest.fixture(scope="module")
def tidy(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds as the tidy figures fill them."""
    target = tmp_path_factory.mktemp("tidy") / "seeds"
    shutil.copytree(ROOT / "seeds", target)
    tidy_tables.fill(shared / "figures", target)
    return target


@pytest.fixture(scope="module")
def written(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds as the publications fill them, with no figure there before."""
    target = tmp_path_factory.mktemp("written") / "seeds"
    shutil.copytree(ROOT / "seeds", target)
    # The register of authorities says which codes are known: without it nothing can be read.
    paths = {seed.path for reader in READERS for seed in reader.seeds}
    only_carried(target, {path for path in paths if not path.startswith("register/")})
    for path in (run.FILES, run.BLOCKS, run.REVISIONS):
        (target / f"{path}.csv").unlink(missing_ok=True)
    result = run.ingest(shared / "publications", target, PUBLICATIONS)
    assert [reason for taken in result.refused for reason in taken.reasons] == []
    return target


def test_every_difference_from_the_tidy_figures_has_a_cause(tidy: Path, written: Path) -> None:
    """Nothing is unexplained, and nothing is carried but what the register names."""
    differences = compare.compared(written, tidy)
    assert [change for change, cause in differences if cause == compare.UNEXPLAINED] == []
    files = seeds.read(written, run.FILES)
    named = {f"{line.seed}.csv" for line in carried.register(written)}
    assert {row["file_name"] for row in files if row["reader"] == run.CARRIED} <= named
    assert {row["seed"] for row in seeds.read(written, run.BLOCKS)} == {
        seed.path for reader in READERS for seed in reader.seeds
    }


def test_committed_seeds_are_what_the_publications_give(written: Path) -> None:
    """Every figure seed is, byte for byte, what the publications and the carried figures give."""
    paths = sorted({seed.path for reader in READERS for seed in reader.seeds})
    unlike = [
        path
        for path in paths
        if (written / f"{path}.csv").read_bytes() != (ROOT / "seeds" / f"{path}.csv").read_bytes()
    ]
    assert paths
    assert unlike == []


def test_every_lost_symbol_came_back(tidy: Path, written: Path) -> None:
    """Where the tidy table of homelessness has a blank, the seed has the symbol of the publication."""
    old, new = (seeds.read(folder, "outcomes/mhclg_homelessness") for folder in (tidy, written))
    blank, symbols = (
        {(row["printed_code"], row["quarter_end"], item) for row in rows for item in row if row[item] == text}
        for rows, text in ((old, ""), (new, ".."))
    )
    assert len(symbols) > 1_900
    assert blank == symbols
    symbols_known = seeds.read(written, "register/missing_symbols")
    assert ("mhclg_homelessness", "..") in {(row["publication_id"], row["symbol"]) for row in symbols_known}


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
