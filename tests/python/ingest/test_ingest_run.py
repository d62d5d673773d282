"""A whole run: what is written, what is left alone, what provenance and revisions say of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from examples import REASON, RESPONSIBLE, SEED, contents, councils, empty_seeds, ingested, saved

from scripts.ingest import __main__, run, seeds, trace
from scripts.ingest.blocks import BLOCKS, CARRIED, FILES, REVISIONS

KEY = ("E06000001", "2018-04")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months as published."""
    saved(tmp_path / "files", name="april.xlsx")
    saved(tmp_path / "files", name="may.xlsx", month="May 2018")
    return tmp_path / "files"


@pytest.fixture
def filled(folder: Path, tmp_path: Path) -> Path:
    """Seeds with these two months ingested."""
    target = empty_seeds(tmp_path)
    assert ingested(folder, target).written
    return target


def figure(target: Path, key: tuple[str, str], column: str = "days_nhs") -> str:
    """One figure of the seed."""
    rows = {(row["printed_code"], row["month"]): row for row in seeds.read(target, SEED)}
    return rows[key][column]


def revised(folder: Path, days: int, name: str = "april2.xlsx", on: str = "13th June 2019") -> None:
    """April again, with another figure for the first council."""
    place = next(at for at, (_, code, _) in enumerate(councils()) if code == KEY[0])

    def edit(book: openpyxl.Workbook) -> None:
        for sheet, columns in ((RESPONSIBLE, "FI"), (REASON, "FQ")):
            for column in columns:
                cell = book[sheet][f"{column}{17 + place}"]
                cell.value += days

    saved(folder, edit, name, revised=on)


def test_rows_are_sorted_and_complete(filled: Path) -> None:
    """The seed has its layout, every council and England in both months, in order."""
    text = (filled / f"{SEED}.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == ",".join(seeds.layout(filled, SEED).columns)
    assert text.splitlines()[1:] == sorted(text.splitlines()[1:])
    assert len(text.splitlines()) == 1 + 2 * (len(councils()) + 1)


def test_running_twice_changes_nothing(folder: Path, filled: Path) -> None:
    """The second run writes no byte, even when the files look newer and have other names."""
    before = contents(filled)
    for path in folder.iterdir():
        os.utime(path, (2_000_000_000, 2_000_000_000))
    again = ingested(folder, filled)
    assert (again.written, again.changes, contents(filled)) == ([], [], before)


def test_a_month_at_a_time_is_as_good_as_all_at_once(folder: Path, filled: Path, tmp_path: Path) -> None:
    """A folder that holds only what is new gives the same seeds, provenance included."""
    other = empty_seeds(tmp_path / "other")
    for path in sorted(folder.iterdir(), reverse=True):
        alone = tmp_path / path.stem
        alone.mkdir()
        shutil.copy2(path, alone)
        ingested(alone, other)
    assert contents(other) == contents(filled)


def test_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    """Everything is read and reported, nothing is written."""
    target = empty_seeds(tmp_path)
    before = contents(target)
    result = ingested(folder, target, dry_run=True)
    assert result.changes
    assert contents(target) == before


def test_one_bad_file_keeps_every_seed_as_it_was(folder: Path, filled: Path) -> None:
    """A refused file of a known publication stops the run before anything is written."""
    before = contents(filled)
    revised(folder, 5)
    (folder / "june.xlsx").write_bytes((folder / "may.xlsx").read_bytes()[:5000])
    saved(folder, lambda book: book[REASON].delete_rows(30, 60), "july.xlsx", month="July 2018")
    result = ingested(folder, filled)
    assert sorted(taken.file for taken in result.refused) == ["july.xlsx", "june.xlsx"]
    assert contents(filled) == before


def test_an_interrupted_run_leaves_the_old_seeds(
    folder: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off while it stages, nothing has moved, and the next run clears up."""
    before = contents(filled)
    revised(folder, 5)
    monkeypatch.setattr(seeds, "_write_through", broken_off(seeds._write_through, after=1))
    with pytest.raises(KeyboardInterrupt):
        ingested(folder, filled)
    assert contents(filled) == before
    monkeypatch.undo()
    assert ingested(folder, filled).written
    assert not list(filled.parent.glob(".*-staging"))


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_an_interrupted_move_is_completed(
    moved: int, folder: Path, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off among the moves, the next run first brings them to their end."""
    shutil.copytree(filled, tmp_path / "other" / "seeds")
    revised(folder, 5)
    ingested(folder, tmp_path / "other" / "seeds")
    # The first replacement is that of the journal.
    monkeypatch.setattr(Path, "replace", broken_off(Path.replace, after=1 + moved))
    with pytest.raises(KeyboardInterrupt):
        ingested(folder, filled)
    monkeypatch.undo()
    with seeds.only_writer(filled):
        assert contents(filled) == contents(tmp_path / "other" / "seeds")


def broken_off(function: object, after: int) -> object:
    """A function that is interrupted after so many calls."""
    calls = iter(range(after))

    def called(*arguments: object) -> object:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return function(*arguments)

    return called


def test_two_runs_at_once_are_refused(folder: Path, filled: Path) -> None:
    """The second of two runs does not touch anything."""
    with seeds.only_writer(filled), pytest.raises(seeds.SeedError, match="Another run"):
        ingested(folder, filled)


def test_a_newer_edition_supersedes_and_is_kept_in_revisions(folder: Path, filled: Path) -> None:
    """The later day of revision wins, whatever the order of files, and the old figure is kept."""
    old = int(figure(filled, KEY))
    revised(folder, 5, name="aaa.xlsx")
    result = ingested(folder, filled)
    assert int(figure(filled, KEY)) == old + 5
    revisions = seeds.read(filled, REVISIONS)
    kept = {row["column_name"]: (row["old_value"], row["new_value"]) for row in revisions}
    assert kept["days_nhs"] == (str(old), str(old + 5))
    # England's row is not revised in this example.
    assert set(kept) == {"days_nhs", "days_total", "awaiting_assessment"}
    changed = {(change.key, change.column, change.old, change.new) for change in result.changes}
    assert (KEY, "days_nhs", str(old), str(old + 5)) in changed
    assert not ingested(folder, filled).written


def test_an_older_edition_that_comes_later_does_not_supersede(
    folder: Path, filled: Path, tmp_path: Path
) -> None:
    """Editions go by their own day, also against what an earlier run has written."""
    revised(folder, 5)
    ingested(folder, filled)
    before = figure(filled, KEY)
    revised(tmp_path / "late", 9, on="1st May 2018")
    ingested(tmp_path / "late", filled)
    assert figure(filled, KEY) == before


def test_two_editions_of_one_day_that_differ_are_refused(folder: Path, filled: Path) -> None:
    """Which of them is right is not guessed."""
    before = contents(filled)
    revised(folder, 5, on="9th May 2019")
    with pytest.raises(seeds.SeedError, match="in the same edition"):
        ingested(folder, filled)
    assert contents(filled) == before


def test_rows_that_no_file_gave_are_kept_and_named(folder: Path, tmp_path: Path) -> None:
    """Figures from before the first ingest stay where no file has their block, with a checksum."""
    target = empty_seeds(tmp_path)
    of = seeds.layout(target, SEED)
    old = [["E06000001", month, *["1"] * len(of.values)] for month in ("2016-04", "2018-04")]
    (target / f"{SEED}.csv").write_text(seeds.text_of(of.columns, old), encoding="utf-8")
    result = ingested(folder, target)
    assert figure(target, ("E06000001", "2016-04")) == "1"
    assert figure(target, KEY) != "1"
    assert result.rows_carried[SEED] == 1
    carried = [row for row in seeds.read(target, FILES) if row["reader"] == CARRIED]
    assert [row["file_name"] for row in carried] == [f"{SEED}.csv"]
    assert not ingested(folder, target).written


def test_every_row_is_traced_to_its_cell(folder: Path, filled: Path) -> None:
    """The cell that a trace names shows the figure."""
    book = openpyxl.load_workbook(folder / "april.xlsx")
    lines = list(trace.traced(filled, "nhs_delayed_transfers", KEY, folder))
    assert len(lines) == 15
    for line in lines:
        column, rest = line.split(" = ")
        value, place = rest.split(": ")
        file, sheet, cell = place.split(", ")
        assert file == "april.xlsx"
        shown = book[sheet[7:-1]][cell.removeprefix("cell ")].value
        assert str(shown) == value == figure(filled, KEY, column)
    without = list(trace.traced(filled, SEED, KEY))
    assert "column F, rows 15 to 167, where column D shows its social services code" in " ".join(without)
    with pytest.raises(seeds.SeedError, match="has no row"):
        list(trace.traced(filled, SEED, ("E06000001", "2011-04")))


def test_provenance_names_every_row(folder: Path, filled: Path) -> None:
    """Blocks add up to the seed, and each names a file of the list."""
    files = {row["sha256"]: row for row in seeds.read(filled, FILES)}
    blocks = seeds.read(filled, BLOCKS)
    assert {row["sha256"] for row in blocks} == set(files)
    rows = sum(int(row["rows_written"]) for row in blocks if row["column_name"] == "days_nhs")
    assert rows == len(seeds.read(filled, SEED))
    assert {row["edition"] for row in files.values()} == {"2019-05-09"}
    assert {row["bytes"] for row in files.values()} == {str(path.stat().st_size) for path in folder.iterdir()}


@pytest.mark.parametrize("name", run.MANIFESTS)
def test_the_manifest_says_when_a_file_was_retrieved(
    folder: Path, filled: Path, tmp_path: Path, name: str
) -> None:
    """A column ``retrieved_on`` goes before the file's own date."""
    sha256 = seeds.read(filled, FILES)[0]["sha256"]
    manifest = f"file,sha256,retrieved_on\nx,{sha256},2020-01-02\n"
    (folder / name).write_text(manifest, encoding="utf-8")
    (folder / "june.xlsx.part").write_bytes(b"half a workbook")
    target = empty_seeds(tmp_path / "other")
    result = ingested(folder, target)
    dates = {row["sha256"]: row["retrieved_on"] for row in seeds.read(target, FILES)}
    assert dates[sha256] == "2020-01-02"
    assert [taken.outcome for taken in result.files if taken.file == name] == ["not used"]
    assert "june.xlsx.part" not in {taken.file for taken in result.files}


def test_seeds_that_break_their_layout_are_not_written(filled: Path) -> None:
    """Doubled keys, missing texts and other columns are found before anything moves."""
    of = seeds.layout(filled, SEED)
    row = ["E06000001", "2018-04", *["1"] * len(of.values)]
    for rows, columns, said in (
        ([row, [*row[:-1], "2"]], of.columns, "stands there twice"),
        ([["", *row[1:]]], of.columns, "must not be empty"),
        ([row[1:]], of.columns[1:], "has the columns"),
    ):
        with pytest.raises(seeds.SeedError, match=said):
            seeds.check(of, seeds.text_of(columns, rows))


def test_the_command(folder: Path, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit statuses, and what is printed."""
    arguments = [str(folder), "--seeds", str(filled)]
    assert __main__.main(arguments) == 0
    assert "nothing changed" in capsys.readouterr().out
    (folder / "stray.csv").write_text("Colour,Number\nred,1\n", encoding="utf-8")
    assert __main__.main(arguments) == 1
    assert "stray.csv: found a table with no known headers" in capsys.readouterr().out
    assert __main__.main([*arguments, "--publication", "nhs_delayed_transfers"]) == 0
    with pytest.raises(SystemExit) as caught:
        __main__.main(["no such folder"])
    assert caught.value.code == 2
    revised(folder, 5, on="9th May 2019")
    assert __main__.main(arguments) == 2
