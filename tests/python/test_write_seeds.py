"""Filling the seeds out of tidy figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import write_seeds


def test_a_seed_is_sorted_and_keeps_what_the_source_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Symbols and leading zeros stay; only blanks around a value and columns not asked for go."""
    monkeypatch.setattr(write_seeds, "SEEDS", tmp_path / "seeds")
    (tmp_path / "figures.csv").write_text('code,value,note\nE2, [c] ,x\nE1,007,"a, b"\n', encoding="utf-8")
    rows = write_seeds.renamed(write_seeds.read(tmp_path, "figures.csv"), printed_code="code")
    assert write_seeds.write("outcomes", "example", ["printed_code", "value"], rows) == 2
    written = (tmp_path / "seeds" / "outcomes" / "example.csv").read_text(encoding="utf-8")
    assert written == "printed_code,value\nE1,007\nE2,[c]\n"


def test_without_a_folder_it_says_how_to_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command line writes nothing."""
    assert write_seeds.main(["no such folder"]) == 2
    assert "FIGURES_FOLDER" in capsys.readouterr().out


def test_committed_seeds_are_what_the_figures_give(
    root: Path, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing every figure seed again gives the committed files to the byte."""
    monkeypatch.setattr(write_seeds, "SEEDS", tmp_path)
    assert write_seeds.main([str(shared / "figures")]) == 0
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert written
    committed = {name: (root / "seeds" / name).read_bytes() for name in written}
    assert [name for name in written if written[name] != committed[name]] == []
