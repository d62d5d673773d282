"""What is checked again and what is not: linters by content, slow proofs by what they guard."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT

from scripts import changed
from scripts.check import linters, slow
from scripts.check.__main__ import failures_of_pytest, left_out, spent_by_folder
from scripts.check.linters import Linters, Memory
from scripts.check.parts import Checked, failed

CONFIGURATION = """
repos:
  - repo: local
    hooks:
      - id: words
        name: words
        entry: sh -c '! grep -l bad "$@"' sh
        language: unsupported
        files: \\.txt$
      - id: rendered
        name: rendered
        entry: "true"
        language: unsupported
        files: ^models/.*\\.sql$
      - id: whole
        name: whole
        entry: "true"
        language: unsupported
        files: ^models/
        pass_filenames: false
"""
# Put together where it is used: in one piece it would be a mark of this file.
MARKED = 'pytestmark = pytest.mark.{}("{}")\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with two texts, a model, a macro and three linters."""
    contents = {
        ".pre-commit-config.yaml": CONFIGURATION,
        ".gitignore": "target/\n",
        "one.txt": "good\n",
        "two.txt": "good\n",
        "models/ranking.sql": "select 1\n",
        "macros/score.sql": "1\n",
    }
    for name, text in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in (["init", "--quiet", "--initial-branch", "main"], ["add", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def files(project: Path) -> list[str]:
    """Every file of the project."""
    return sorted(
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if path.is_file() and path.relative_to(project).parts[0] not in (".git", "target")
    )


def lint(project: Path, differing: list[str] | None = None) -> tuple[dict[str, list[str]], int]:
    """Run the linters; returns the files that were new to each and how many linters failed."""
    running = Linters(project, files(project), differing=differing)
    counts = running.finished().counts
    return running.new, counts["failed"]


def test_what_has_passed_is_not_asked_again(project: Path) -> None:
    """All at first, nothing then; afterwards only what differs, by content, settings or macros."""
    model = ["models/ranking.sql"]
    first = {"words": ["one.txt", "two.txt"], "rendered": model, "whole": model}
    assert lint(project) == (first, 0)
    nothing: dict[str, list[str]] = {"words": [], "rendered": [], "whole": []}
    assert lint(project) == (nothing, 0)
    (project / "two.txt").write_text("better\n")
    assert lint(project) == (nothing | {"words": ["two.txt"]}, 0)
    (project / "macros/score.sql").write_text("2\n")
    assert lint(project) == (first | {"words": []}, 0)
    (project / ".yamllint").write_text("rules: {}\n")
    assert lint(project) == (first, 0)


def test_what_main_has_passed_is_asked_by_test_all(project: Path) -> None:
    """What is as main has it is asked of nobody but who reads the whole; it is not kept as passed here."""
    whole = {"words": [], "rendered": [], "whole": ["models/ranking.sql"]}
    assert lint(project, []) == (whole, 0)
    (project / "one.txt").write_text("bad\n")
    assert lint(project, ["one.txt"]) == (whole | {"words": ["one.txt"], "whole": []}, 1)
    (project / "one.txt").write_text("good\n")
    assert lint(project, ["macros/score.sql"])[0] == whole | {"rendered": ["models/ranking.sql"], "whole": []}
    assert lint(project, [".yamllint"])[0]["words"] == ["one.txt", "two.txt"]
    (project / "two.txt").write_text("better\n")
    assert lint(project)[0]["words"] == ["two.txt"]


def test_the_server_has_what_differs_from_its_main(project: Path) -> None:
    """Without a server there is nothing that has passed on it."""
    assert changed.since_server(project) is None
    git = ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@council-productivity.example"]
    for command in (
        ["commit", "--quiet", "--message", "All"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run([*git, *command], cwd=project, check=True)
    assert changed.since_server(project) == []
    (project / "one.txt").unlink()
    (project / "new.txt").write_text("new\n")
    assert changed.since_server(project) == ["new.txt", "one.txt"]


def test_a_file_that_is_gone_is_noticed_by_who_reads_the_whole_project(project: Path) -> None:
    """A model that is deleted may have been another's."""
    (project / "models/other.sql").write_text("select 2\n")
    lint(project)
    (project / "models/other.sql").unlink()
    assert lint(project)[0] == {"words": [], "rendered": [], "whole": ["models/ranking.sql"]}


def test_what_was_refused_is_asked_again(project: Path) -> None:
    """A linter that may have stopped at one file has passed none of those it was given."""
    lint(project)
    (project / "one.txt").write_text("bad\n")
    (project / "two.txt").write_text("fine\n")
    for _ in range(2):
        new, failed = lint(project)
        assert (new["words"], failed) == (["one.txt", "two.txt"], 1)
    (project / "one.txt").write_text("mended\n")
    assert lint(project)[1] == 0
    assert lint(project)[0]["words"] == []


def test_a_linter_that_looked_at_all_files_has_passed_those_it_does_not_name(project: Path) -> None:
    """By its last words sqlfluff has finished; a file that it does not complain of has passed."""
    running = Linters(project, files(project))
    running.finished()
    (words, *_) = running.hooks
    running.new = {"words": ["one.txt", "two.txt"]}
    assert running.refused(words, "== [one.txt] FAIL\nAll Finished") == ["one.txt"]
    assert running.refused(words, "== [one.txt] FAIL\nstopped") == ["one.txt", "two.txt"]
    assert running.refused(words, "All Finished") == ["one.txt", "two.txt"]


def test_failures_are_the_last_that_is_said(project: Path) -> None:
    """A server shows the end of what it printed: what failed is named there, and nothing where all passed."""
    (project / "two.txt").write_text("bad\n")
    linted = Linters(project, files(project)).finished()
    suite = ElementTree.fromstring(
        "<testsuite><testcase classname='tests.python.test_x' name='test_one'/>"
        "<testcase classname='tests.python.test_x' name='test_two'>"
        "<failure message='AssertionError: 3 councils&#10;assert 3 == 4'/></testcase>"
        "<testcase classname='tests.python.test_y' name='test_three'><error message='disk full'/></testcase>"
        "</testsuite>"
    )
    tested = Checked(Counter(passed=1, failed=2), [], [*failures_of_pytest(suite)])
    assert failed([linted, tested]) == (
        "Failed:\n"
        "  linters: words\n"
        "  pytest: tests.python.test_x.test_two: AssertionError: 3 councils\n"
        "  pytest: tests.python.test_y.test_three: disk full\n\n"
    )
    assert failed([Checked(Counter(passed=3), [])]) == ""


def test_every_setting_that_is_named_exists() -> None:
    """A file of settings that has another name now would be left out of the keys."""
    assert [name for name in linters.SETTINGS if not (ROOT / name).exists()] == []


def test_memory_that_cannot_be_read_is_none(project: Path) -> None:
    """A file that was cut off while it was written only means that everything is asked again."""
    lint(project)
    (project / linters.PASSED).write_text('{"words": {')
    memory = Memory(project, files(project))
    assert memory.kept == {}


@pytest.fixture
def proven(project: Path) -> Path:
    """The same repository, committed, with a slow and a nightly proof."""
    tests = project / slow.TESTS
    tests.mkdir(parents=True)
    (tests / "test_determinism.py").write_text(MARKED.format("slow", "the same bytes"))
    (tests / "engines").mkdir()
    (tests / "engines/test_spark.py").write_text(MARKED.format("nightly", "the same on Spark"))
    (tests / "test_quick.py").write_text("def test_it(): pass\n")
    somebody = ["-c", "user.name=Nobody", "-c", "user.email=nobody@council-productivity.example"]
    for command in (["add", "."], [*somebody, "commit", "--quiet", "--message", "All"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    return project


def new(project: Path) -> list[str]:
    """The files whose proofs are due."""
    found = slow.proofs(project, files(project))
    return [each.file.removeprefix(slow.TESTS) for each in found if each.is_new]


def test_slow_proofs_are_due_when_what_they_guard_is_new(proven: Path) -> None:
    """Not in a fresh clone; then by what differs from main; once passed, by what differs from then."""
    assert new(proven) == []
    (proven / "macros/score.sql").write_text("3\n")
    assert new(proven) == ["test_determinism.py"]
    slow.keep(proven, slow.proofs(proven, files(proven)))
    assert new(proven) == []
    (proven / "macros/engine").mkdir()
    (proven / "macros/engine/rounded.sql").write_text("4\n")
    assert new(proven) == ["engines/test_spark.py", "test_determinism.py"]
    assert json.loads((proven / slow.PROVED).read_text()).keys() >= {"tests/python/test_determinism.py"}


def test_what_is_left_out_is_told(proven: Path) -> None:
    """With what it proves and who runs it; a quick file of tests is none of it."""
    told = left_out(slow.proofs(proven, files(proven)))
    assert [line.split(maxsplit=3) for line in told.splitlines()[2:]] == [
        ["engines/test_spark.py", "make", "nightly", "the same on Spark"],
        ["test_determinism.py", "make", "test-all", "the same bytes"],
    ]


def test_without_git_nothing_is_new(proven: Path) -> None:
    """A project that was copied without its history is tested as a fresh clone is."""
    shutil.rmtree(proven / ".git")
    assert new(proven) == []


def test_guards_name_tests_and_files_that_exist() -> None:
    """A folder that has another name now would guard nothing; a file with slow proofs guards something."""
    for file, guarded in slow.GUARDS.items():
        assert (ROOT / slow.TESTS / file).exists(), file
        assert [name for name in guarded if not (ROOT / name).exists()] == []
    marked = {
        path.relative_to(ROOT / slow.TESTS).as_posix()
        for path in (ROOT / slow.TESTS).rglob("test_*.py")
        if slow.MARK.search(path.read_text(encoding="utf-8"))
    }
    assert marked == set(slow.GUARDS)


def test_seconds_are_told_by_folder_and_for_a_file_that_cannot_be_read() -> None:
    """Folders by their name; a file that pytest could not read has no class, and one may stand alone."""
    report = """<testsuite>
        <testcase classname="tests.python.site.test_charts" name="test_one" time="2"/>
        <testcase classname="tests.python.site.test_map.TestMap" name="test_two" time="1"/>
        <testcase classname="" name="tests.python.test_check" time="0.5"/>
        <testcase classname="" name="test_alone"/>
    </testsuite>"""
    told = spent_by_folder(ElementTree.fromstring(report))
    assert [(part.name, part.seconds) for part in told] == [
        ("pytest: site", 3.0),
        ("pytest: test_check", 0.5),
        ("pytest: test_alone", 0.0),
    ]


def test_no_two_files_of_tests_have_one_name() -> None:
    """The second of them is refused by pytest, and only in a run of both."""
    names = Counter(path.name for path in (ROOT / "tests/python").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("target", "asked"),
    [("test", ""), ("test-all", "--all"), ("lint", "--lint"), ("check-changed", "--changed")],
)
def test_each_command_asks_for_what_it_is_called_after(target: str, asked: str) -> None:
    """``make test`` is no less than linters, build and pytest: only ``make lint`` asks for linters alone."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    said = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True)
    commands = [line.split() for line in said.stdout.splitlines() if "-m scripts.check" in line]
    assert [[*words, ""][3] for words in commands] == [asked]
