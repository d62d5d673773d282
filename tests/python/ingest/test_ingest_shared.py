"""The publications themselves: what is read from them is what is committed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from examples import ROOT, contents, ingested, only_carried

from scripts.ingest import carried, run, seeds
from scripts.ingest.blocks import BLOCKS, CARRIED, FILES, REVISIONS
from scripts.ingest.readers import READERS
from scripts.ingest.workbook import open_book

pytestmark = pytest.mark.nightly("committed seeds are, byte for byte, what the publications give")
PUBLICATIONS = sorted({reader.publication_id for reader in READERS})


@pytest.fixture(scope="module")
def written(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seeds as the publications fill them, with no figure there before."""
    target = tmp_path_factory.mktemp("written") / "seeds"
    shutil.copytree(ROOT / "seeds", target)
    # The register of authorities says which codes are known: without it nothing can be read.
    paths = {seed.path for reader in READERS for seed in reader.seeds}
    only_carried(target, {path for path in paths if not path.startswith("register/")})
    for path in (FILES, BLOCKS, REVISIONS):
        (target / f"{path}.csv").unlink(missing_ok=True)
    # What was found later is read after the rest.
    later = [shared / "publications_new" / part for part in ("mhclg-revenue-budget", "mhclg-revenue-outturn")]
    for folder in (shared / "publications", *later):
        result = run.ingest(folder, target, PUBLICATIONS)
        assert [reason for taken in result.refused for reason in taken.reasons] == []
    return target


def test_nothing_is_carried_but_what_the_register_names(written: Path) -> None:
    """Every other figure comes from a publication, and every seed of a reader from some."""
    files = seeds.read(written, FILES)
    named = {f"{line.seed}.csv" for line in carried.register(written)}
    assert {row["file_name"] for row in files if row["reader"] == CARRIED} <= named
    assert {row["seed"] for row in seeds.read(written, BLOCKS)} == {
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
