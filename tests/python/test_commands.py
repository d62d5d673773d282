"""Every command that a page names is run by a test, ``make nightly``, ``.ci/run`` or a person."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from conftest import ROOT

from scripts import nightly
from scripts.build import DATABASE
from scripts.pages import pages

LIST = ROOT / "docs" / "commands.csv"
# Written by commands, not by people.
GENERATED = {"commands.md", "nightly.md"}
SHELL = re.compile(r"^ *```sh\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`((?:make|python|\.venvs?/\w+/bin/\w+|dbt|mf|git|pip|apt-get|sha256sum|cp)\s[^`]+)`")


def named(text: str) -> Iterator[str]:
    """The commands of a page: lines of its shell blocks, and what stands in backquotes."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for block in SHELL.findall(text):
        for line in re.sub(r"\s*\\\n\s*", " ", block).splitlines():
            if command := re.sub(r"(^|\s+)#.*", "", line).strip():
                yield command
    for command in INLINE.findall(FENCED.sub("", text)):
        yield " ".join(command.split())


def commands() -> set[str]:
    """The commands of all pages."""
    return {
        command
        for page in pages()
        if page.name not in GENERATED
        for command in named(page.read_text(encoding="utf-8"))
    }


def entries() -> dict[str, str]:
    """Who runs what, by command; a star stands for the rest of one."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["command"]: row["run_by"] for row in csv.DictReader(file)}


def is_there(run_by: str) -> bool:
    """Whether who is said to run a command exists."""
    if run_by.startswith("tests/"):
        file, _, test = run_by.partition("::")
        path = ROOT / file
        return path.exists() and f"\ndef {test}(" in path.read_text(encoding="utf-8")
    if run_by.startswith("nightly: "):
        return run_by.removeprefix("nightly: ") in nightly.COMMANDS
    return run_by == ".ci/run" or bool(re.fullmatch(r"a person: \w.+", run_by))


def test_commands_are_found() -> None:
    """Lines of shell blocks and what stands in backquotes; nothing hidden, no other block."""
    shell = "```sh\nmake one   # a comment\nrun \\\n    two\n```\n"
    page = f"{shell}`make three` <!-- `make four` -->\n```text\n`make five`\n```\n"
    assert list(named(page)) == ["make one", "run two", "make three"]


def test_every_command_is_run_by_somebody() -> None:
    """No command of a page is missing from the list, and none of the list from the pages."""
    listed, found = entries(), commands()
    nobody = sorted(each for each in found if not any(fnmatchcase(each, entry) for entry in listed))
    assert not nobody, f"add to {LIST.relative_to(ROOT)} who runs: {nobody}"
    gone = sorted(entry for entry in listed if not any(fnmatchcase(each, entry) for each in found))
    assert not gone, f"no page names: {gone}"


def test_who_runs_a_command_exists() -> None:
    """Tests exist, nightly runs are in its list, and a person has a reason."""
    assert {command: run_by for command, run_by in entries().items() if not is_there(run_by)} == {}


def test_make_takes_every_command_as_printed() -> None:
    """Each recipe can be made, and calls modules that are there."""
    for command in sorted(each for each in commands() if each.startswith("make ")):
        recipe = ["make", "--dry-run", *shlex.split(command)[1:]]
        done = subprocess.run(recipe, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        for module in re.findall(r"-m (scripts[.\w]+)", done.stdout):
            path = ROOT / module.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), f"{command}: {module}"


def test_hooks_are_installed(tmp_path: Path) -> None:
    """What ``make hooks`` runs puts a hook into the repository."""
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    shutil.copy(ROOT / ".pre-commit-config.yaml", tmp_path)
    environment = os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "kept")}
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=tmp_path, env=environment, check=True)
    assert "pre-commit" in (tmp_path / ".git" / "hooks" / "pre-commit").read_text(encoding="utf-8")


@pytest.mark.slow("the profile of a council is shown as the page says")
def test_the_profile_of_a_council_is_shown(tmp_path: Path) -> None:
    """The command that the page on reading prints, in a copy of the database."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    (command,) = (each for each in commands() if "council_profile" in each)
    program, *arguments = shlex.split(command)
    assert program == ".venv/bin/dbt"
    shutil.copy(ROOT / DATABASE, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "from dbt.cli.main import cli; cli()", *arguments],
        cwd=ROOT,
        env=os.environ
        | {"COUNCIL_PRODUCTIVITY_DATABASE": str(tmp_path / DATABASE.name), "DBT_TARGET_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Wigan" in done.stdout and "2018-19" in done.stdout
