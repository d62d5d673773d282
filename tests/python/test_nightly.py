"""The nightly list: what it names exists, and a row stays until its command has run again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

from scripts import nightly


def test_commands_of_the_list_exist() -> None:
    """Every target is one of the Makefile, every file of tests is there."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for command, _ in nightly.COMMANDS.values():
        make = re.match(r"make ([a-z-]+)", command)
        assert (make[1] in targets) if make else (ROOT / command.split()[-1]).exists(), command


def test_a_row_stays_until_its_command_ran_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command has its own date and commit; one that fails is written down and is the exit status."""
    commands = {"well": ("true", "Nothing"), "badly": ("false", "Nothing"), "later": ("true", "Nothing")}
    monkeypatch.setattr(nightly, "COMMANDS", commands)
    monkeypatch.setattr(nightly, "ROOT", tmp_path)
    monkeypatch.setattr(nightly.changed, "changed_files", lambda *_: [])
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(nightly.changed, "git", lambda *_: b"abc\n")
    assert nightly.main(["well", "badly"]) == 1
    monkeypatch.setattr(nightly.changed, "git", lambda *_: b"def\n")
    assert nightly.main(["badly"]) == 1
    rows = nightly.rows_of(tmp_path / nightly.PAGE)
    assert (rows["well"][3], rows["well"][-1]) == ("passed", "abc")
    assert (rows["badly"][3], rows["badly"][-1]) == ("failed (1)", "def")
    assert rows["later"][3] == "not run yet"
    assert "0 passed, 1 failed" in capsys.readouterr().out.splitlines()[-1]
    assert nightly.main(["nothing"]) == 2
    assert "There are: well, badly, later." in capsys.readouterr().out
