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


class Cells:
    """A sheet of a published file, read by its places and not by a reader."""

    def __init__(self, path: Path, name: str, code: int) -> None:
        """Open the sheet; ``code`` is the column of codes."""
        (self.sheet,) = [sheet for sheet in open_book(path).sheets if sheet.name == name]
        self.rows: dict[str, int] = {}
        for row in range(self.sheet.height):
            # England has no code in delayed transfers and stands first.
            self.rows.setdefault(self.sheet.text(row, code).replace("-", "E92000001"), row)

    def figures(self, code: str, *columns: int) -> list[str]:
        """What it prints of an authority."""
        return [self.sheet.text(self.rows[code], column) for column in columns]


def rows_by_code(seeds_folder: Path, seed: str, period: str, of: str) -> dict[str, dict[str, str]]:
    """Rows of a seed in a period."""
    return {row["printed_code"]: row for row in seeds.read(seeds_folder, seed) if row[period] == of}


def test_newer_periods_are_taken_as_they_are_printed(shared: Path, tmp_path: Path) -> None:
    """Of three files that no reader had seen, two give their period, cell by cell, the third nothing new."""
    newer = shared / "publications_new" / "next"
    before, after = ROOT / "seeds", tmp_path / "seeds"
    shutil.copytree(before, after)
    result = run.ingest(newer, after, PUBLICATIONS)
    assert {taken.file for taken in result.files} == {
        *("Dec_19.xls", "detailed_local_authority_202512.xlsx"),
        "revenue_outturn_service_2024-25_second_release.ods",
    }
    assert [reason for taken in result.refused for reason in taken.reasons] == []
    delays, homeless = "outcomes/nhs_delayed_transfers", "outcomes/mhclg_homelessness"
    assert {path for path in result.written if not path.startswith("provenance/")} == {delays, homeless}

    responsible = Cells(newer / "Dec_19.xls", "LA - by responsible org", 2)
    reason = Cells(newer / "Dec_19.xls", "LA - by reason", 2)
    found = rows_by_code(after, delays, "month", "2019-12")
    assert len(found) == 151
    for code, row in found.items():
        said = [row[f"days_{part}"] for part in ("nhs", "social_care", "both", "total")]
        assert said == responsible.figures(code, 5, 6, 7, 8)
        assert [row["days_total"]] == reason.figures(code, 16)
        assert list(row.values())[6:] == reason.figures(code, *range(5, 16))

    households = Cells(newer / "detailed_local_authority_202512.xlsx", "TA1", 0)
    found = rows_by_code(after, homeless, "quarter_end", "202512")
    assert len(found) == 296
    for code, row in found.items():
        printed, area = households.figures(code, 4, 5)
        assert row["ta_total"] == printed
        assert area in ("..", "") or round(float(area), 3) == float(row["hh_in_area_000s"])

    # Whatever was held of other periods stands as it stood.
    for seed in (delays, homeless):
        had = (before / f"{seed}.csv").read_text(encoding="utf-8").splitlines()
        assert set(had) <= set((after / f"{seed}.csv").read_text(encoding="utf-8").splitlines())
    gives_way = "revenue_outturn_service_2024-25_second_release.ods: the same figures as "
    assert any(text.startswith(gives_way) for text in result.notices), result.notices


def test_every_number_of_the_dfe_code_list_is_known(shared: Path) -> None:
    """The list feeds no seed; the register of councils has its numbers."""
    (sheet,) = open_book(shared / "publications" / "dfe-lait" / "la_code_list.xlsx").sheets
    numbers = {sheet.text(row, 0) for row in range(1, sheet.height)}
    councils = {number for number in numbers if number.isdecimal() and int(number) < 970}
    known = {row["dfe_la_number"] for row in seeds.read(ROOT / "seeds", "register/councils")}
    assert len(councils) > 150
    assert councils <= known
