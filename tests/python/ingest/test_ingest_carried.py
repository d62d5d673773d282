"""Figures that no file gives: kept, checked by checksum, given up when a file has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import ROOT, SEED, contents, empty_seeds, ingested, saved

from scripts.ingest import carried, seeds
from scripts.ingest.blocks import CARRIED, FILES, REVISIONS

KEPT, OTHER = "2016-04", "2018-04"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Seeds with two councils in two months, one month of them carried."""
    target = empty_seeds(tmp_path)
    of = seeds.layout(target, SEED)
    keys = [(code, month) for code in ("E06000001", "E06000002") for month in (KEPT, OTHER)]
    rows = [[*key, *["1"] * len(of.values)] for key in keys]
    (target / f"{SEED}.csv").write_text(seeds.text_of(of.columns, rows), encoding="utf-8")
    named(target, "month", KEPT)
    return target


def named(target: Path, column: str, text: str, edition: str = "") -> None:
    """Write a register of one line that covers these rows."""
    rows = [row for row in seeds.read(target, SEED) if not column or row.get(column, "") == text]
    of = seeds.layout(target, SEED)
    line = carried.Carried(SEED, column, text, len(rows), carried.checksum(of, rows), edition, "a letter", "")
    columns = seeds.layout(target, carried.REGISTER).columns
    path = target / f"{carried.REGISTER}.csv"
    path.write_text(seeds.text_of(columns, [line.row]), encoding="utf-8")


def edited(target: Path, old: str, new: str) -> None:
    """Change the seed's text."""
    path = target / f"{SEED}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_projects_carried_figures_are_as_the_register_says() -> None:
    """Every line's checksum is that of its rows."""
    assert list(carried.differing(ROOT / "seeds")) == []
    assert len(carried.register(ROOT / "seeds")) > 0


def test_carried_rows_are_kept(filled: Path, tmp_path: Path) -> None:
    """A run that has other months keeps the rows and their line of the register."""
    before = (filled / f"{carried.REGISTER}.csv").read_bytes()
    saved(tmp_path / "files")
    ingested(tmp_path / "files", filled)
    rows = [row for row in seeds.read(filled, SEED) if row["month"] == KEPT]
    assert [row["printed_code"] for row in rows] == ["E06000001", "E06000002"]
    assert {row["days_nhs"] for row in rows} == {"1"}
    assert (filled / f"{carried.REGISTER}.csv").read_bytes() == before
    assert not ingested(tmp_path / "files", filled).written


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"E06000001,{KEPT},1,", f"E06000001,{KEPT},2,"),
        (f"E06000001,{KEPT},1,", f"E06000001,{KEPT},1.0,"),
        (f"E06000001,{KEPT}", "E06000001,2016-05"),
        (f"E06000001,{OTHER}", f"E06000003,{KEPT}"),
    ],
)
def test_a_changed_carried_row_stops_the_run(old: str, new: str, filled: Path, tmp_path: Path) -> None:
    """A figure changed, a row lost or one more: nothing is written."""
    edited(filled, old, new)
    saved(tmp_path / "files")
    before = contents(filled)
    with pytest.raises(seeds.SeedError, match=f"{SEED}.csv, month {KEPT}: found .* carried rows"):
        ingested(tmp_path / "files", filled)
    assert contents(filled) == before
    assert carried.main(["--seeds", str(filled)]) == 1


def test_rows_beside_the_carried_ones_are_nobodys_business(filled: Path) -> None:
    """The checksum is that of exactly the rows named."""
    edited(filled, f"E06000001,{OTHER},1,", f"E06000001,{OTHER},2,")
    carried.check(filled)
    assert carried.main(["--seeds", str(filled)]) == 0


@pytest.mark.parametrize(("column", "text"), [("month", KEPT), ("", "")])
def test_a_file_takes_the_place_of_carried_rows(column: str, text: str, filled: Path, tmp_path: Path) -> None:
    """Their line of the register goes with them, and it is said."""
    named(filled, column, text)
    saved(tmp_path / "files", month="April 2016")
    result = ingested(tmp_path / "files", filled)
    assert [notice for notice in result.notices if "carried figures gave way to a file" in notice]
    assert carried.register(filled) == []
    rows = {(row["printed_code"], row["month"]): row for row in seeds.read(filled, SEED)}
    assert rows["E06000001", KEPT]["days_nhs"] != "1"
    assert not ingested(tmp_path / "files", filled).written


@pytest.mark.parametrize(("edition", "stays"), [("2019-05-09", True), ("2019-05-08", False)])
def test_rows_newer_than_a_file_stay(edition: str, stays: bool, filled: Path, tmp_path: Path) -> None:
    """An edition that the register calls older is kept in revisions only, a later one takes over."""
    named(filled, "month", KEPT, edition)
    line = carried.register(filled)
    saved(tmp_path / "files", month="April 2016", revised="9th May 2019")
    result = ingested(tmp_path / "files", filled)
    rows = {(row["printed_code"], row["month"]): row for row in seeds.read(filled, SEED)}
    assert (rows["E06000001", KEPT]["days_nhs"] == "1") is stays
    assert carried.register(filled) == (line if stays else [])
    said = [notice for notice in result.notices if notice.endswith("newer than month.xlsx and stay")]
    assert bool(said) is stays
    files = {row["sha256"]: row["reader"] for row in seeds.read(filled, FILES)}
    old = [row for row in seeds.read(filled, REVISIONS) if row["column_name"] == "days_nhs"]
    assert bool(old) is stays
    for row in old:
        assert row["new_sha256"] == line[0].sha256
        assert (files[row["old_sha256"]], files[row["new_sha256"]]) == ("nhs_delayed_transfers", CARRIED)
    assert not ingested(tmp_path / "files", filled).written


def test_rows_are_carried_by_the_columns_of_a_block(filled: Path, tmp_path: Path) -> None:
    """A register by council would not say when a file takes over."""
    named(filled, "printed_code", "E06000001")
    saved(tmp_path / "files")
    with pytest.raises(seeds.SeedError, match="expected by month"):
        ingested(tmp_path / "files", filled)
