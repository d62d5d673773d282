"""A figure changed after it was read is told from the file; a correction has a reason and an end."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import ROOT, SEED, contents, empty_seeds, ingested, saved
from test_ingest_run import revised

from scripts.build import build
from scripts.ingest import by_hand, carried, seeds, trace
from scripts.ingest.blocks import BLOCKS, CARRIED

KEY = ("E06000001", "2018-04")
COLUMN = "days_nhs"
WHY = "Hartlepool's return of 3 May counts its own wards twice"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two months as published."""
    saved(tmp_path / "files", name="april.xlsx")
    saved(tmp_path / "files", name="may.xlsx", month="May 2018")
    return tmp_path / "files"


@pytest.fixture
def filled(files: Path, tmp_path: Path) -> Path:
    """Seeds with these two months ingested, in a folder where a build finds them."""
    target = empty_seeds(tmp_path)
    assert ingested(files, target).written
    return target


def rows(target: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows of the seed by key."""
    of = seeds.layout(target, SEED)
    return {tuple(row[column] for column in of.key): row for row in seeds.read(target, SEED)}


def rewritten(target: Path, found: dict[tuple[str, ...], dict[str, str]]) -> None:
    """Write the seed as a person would who edits it."""
    of = seeds.layout(target, SEED)
    text = seeds.text_of(of.columns, ([row[column] for column in of.columns] for row in found.values()))
    (target / f"{SEED}.csv").write_text(text, encoding="utf-8")


def edited(target: Path, value: str) -> None:
    """Change one figure."""
    found = rows(target)
    found[KEY][COLUMN] = value
    rewritten(target, found)


def correct(target: Path, value: str, reason: str = WHY, key: str = " | ".join(KEY)) -> int:
    """Correct the figure with the command."""
    cell = [SEED.split("/")[1], key, COLUMN, value]
    return by_hand.main([*cell, "--reason", reason, "--seeds", str(target)])


def test_the_projects_figures_are_those_that_were_read() -> None:
    """Every block of figures was read and has their checksum, or is carried."""
    by_hand.check(ROOT / "seeds")
    blocks = seeds.read(ROOT / "seeds", BLOCKS)
    assert all(bool(row["figures_sha256"]) == (row["sheet"] != CARRIED) for row in blocks)


@pytest.mark.parametrize("change", ["another figure", "a blank", "a row more", "a row less", "another month"])
def test_a_figure_edited_by_hand_is_refused(
    change: str, files: Path, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a build nor an ingest starts: seed, block, column and the command for a correction are named.

    A block that no file gave an ingest takes along, and a build does not start until its source is stated.
    """
    found = rows(filled)
    if change == "a row more":
        found["E06000099", KEY[1]] = {**found[KEY], "printed_code": "E06000099"}
    elif change == "a row less":
        del found[KEY]
    elif change == "another month":
        found[KEY[0], "2018-06"] = {**found[KEY], "month": "2018-06"}
    else:
        found[KEY][COLUMN] = "" if change == "a blank" else str(int(found[KEY][COLUMN]) + 1)
    rewritten(filled, found)
    month = "2018-06" if change == "another month" else KEY[1]
    named = rf"seeds/{SEED}.csv, {month} (awaiting|days)_\w+: found .* expected .*make correct SEED=nhs_"
    before = contents(filled)
    with pytest.raises(seeds.SeedError, match=named):
        by_hand.check(filled)
    if change == "another month":
        by_hand.check(filled, whole=False)
        ingested(files, filled)
    else:
        with pytest.raises(seeds.SeedError, match=named):
            ingested(files, filled)
        assert contents(filled) == before
    assert by_hand.main(["--seeds", str(filled)]) == 1
    assert f"{SEED}.csv, {month}" in capsys.readouterr().out
    outcome = build(filled.parent)
    assert not outcome.success
    assert not outcome.results
    assert f"{SEED}.csv, {month}" in outcome.error


def test_a_correction_has_its_reason_and_stays(
    files: Path, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is in the seed and the register, passes, is traced, and a run that reads the same files keeps it."""
    printed = rows(filled)[KEY][COLUMN]
    assert correct(filled, "7") == 0
    assert "'7' in place of" in capsys.readouterr().out
    assert rows(filled)[KEY][COLUMN] == "7"
    (line,) = by_hand.register(filled)
    assert (line.printed, line.value, line.reason) == (printed, "7", WHY)
    by_hand.check(filled)
    assert not ingested(files, filled).written
    told = [text for text in trace.traced(filled, SEED, KEY) if text.startswith(f"{COLUMN} = 7")]
    assert f"by hand in place of {printed} ({WHY}): april.xlsx" in told[0]
    # Another correction of the same cell is made against what the file prints, and one to that takes it back.
    assert correct(filled, "8") == 0
    assert [line.printed for line in by_hand.register(filled)] == [printed]
    assert correct(filled, printed, reason="") == 0
    assert by_hand.register(filled) == []
    assert rows(filled)[KEY][COLUMN] == printed
    by_hand.check(filled)


def test_a_correction_is_told_from_a_further_edit(filled: Path) -> None:
    """The register covers the cell with its value, and no other value and no other cell."""
    assert correct(filled, "7") == 0
    edited(filled, "9")
    with pytest.raises(seeds.SeedError, match="days_nhs: found '9', expected '7'"):
        by_hand.check(filled)


def test_a_newer_file_ends_a_correction(files: Path, filled: Path) -> None:
    """What the publisher corrects is no longer corrected by hand, and the run says so."""
    assert correct(filled, "7") == 0
    revised(files, 5)
    result = ingested(files, filled)
    assert [notice for notice in result.notices if f"({WHY}) is given up" in notice]
    assert by_hand.register(filled) == []
    assert rows(filled)[KEY][COLUMN] != "7"
    by_hand.check(filled)


@pytest.mark.parametrize(
    ("key", "reason", "said"),
    [
        (" | ".join(KEY), " ", "say why"),
        ("E06000099 | 2018-04", WHY, "has no printed_code, month = E06000099, 2018-04"),
    ],
)
def test_a_correction_without_reason_or_cell_is_refused(
    key: str, reason: str, said: str, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written."""
    before = contents(filled)
    assert correct(filled, "7", reason, key) == 1
    assert said in capsys.readouterr().out
    assert contents(filled) == before


def test_carried_figures_have_a_register_of_their_own(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their checksum stands there, and the command names the place."""
    of, found = seeds.layout(filled, SEED), rows(filled)
    found[KEY[0], "2016-04"] = {**found[KEY], "month": "2016-04"}
    rewritten(filled, found)
    mine = [row for row in seeds.read(filled, SEED) if row["month"] == "2016-04"]
    line = carried.Carried(SEED, "month", "2016-04", 1, carried.checksum(of, mine), "", "a letter", "")
    columns = seeds.layout(filled, carried.REGISTER).columns
    (filled / f"{carried.REGISTER}.csv").write_text(seeds.text_of(columns, [line.row]), encoding="utf-8")
    by_hand.check(filled)
    assert correct(filled, "7", key=f"{KEY[0]} | 2016-04") == 1
    assert "carried; see seeds/provenance/carried_figures.csv" in capsys.readouterr().out
