"""Slips in code: drawn alike for the same seed, made in a clone, stopped only by what passes without them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from conftest import ROOT

from scripts.build import DATABASE, RECORD
from scripts.proofs.mutations import checks, report, slips
from scripts.proofs.mutations.checks import (
    ALL,
    NIGHTLY,
    TEST,
    Build,
    Check,
    KilledError,
    Linters,
    Pytest,
    in_order,
    named,
)
from scripts.proofs.mutations.harness import LATER, NOBODY, CannotPrepareError, Harness, Result
from scripts.proofs.mutations.slips import Area, DoesNotApplyError, Slip, areas, drawn

# The seed that draws SLIP after four others.
LAST = 5
SLIP = Slip("models", "less is more", "models/sum.sql", "a > b", "a < b")


def test_slips_are_drawn_alike_and_from_every_area(root: Path) -> None:
    """Forty, eighteen of them in models and macros, the same again; another seed draws others."""
    every = areas()
    draw = drawn(root, every)
    assert draw == drawn(root, every)
    assert set(draw.slips) != set(drawn(root, every, seed=1).slips)
    by_area = Counter(slip.area for slip in draw.slips)
    assert by_area == {area.name: area.drawn for area in every}
    assert by_area.total() == len({slip.slip for slip in draw.slips}) == 40
    assert by_area["models"] + by_area["macros"] >= 18


def test_a_slip_is_named_once_and_changes_its_text() -> None:
    """No two slips have the same words, and none replaces a text by itself."""
    every = [slip for area in areas() for slip in area.slips]
    assert len({slip.slip for slip in every}) == len(every)
    assert [slip.name for slip in every if slip.old == slip.new] == []


def test_every_slip_has_its_text_in_its_file_once() -> None:
    """A slip whose text has moved would be passed over when it is drawn."""
    every = [slip for area in areas() for slip in area.slips]
    assert [slip.slip for slip in every if (ROOT / slip.file).read_text("utf-8").count(slip.old) != 1] == []


def test_what_does_not_apply_once_gives_way_and_is_told(tmp_path: Path) -> None:
    """A text that is gone or stands twice, a file that is gone, a slip that changes nothing."""
    (tmp_path / "models").mkdir()
    (tmp_path / SLIP.file).write_text("select a > b\n")
    unfit = [
        replace(SLIP, slip="gone", old="c > d"),
        replace(SLIP, slip="twice", old="e"),
        replace(SLIP, slip="no file", file="models/other.sql"),
        replace(SLIP, slip="nothing", harmless="a and b are equal"),
    ]
    draw = drawn(tmp_path, [Area("models", 1, (SLIP, *unfit))], seed=LAST)
    assert draw.slips == (SLIP,)
    told = {slip.slip: reason for slip, reason in draw.passed_over}
    assert told == {
        "gone": "does not apply: its text stands there 0 times, not once",
        "twice": "does not apply: its text stands there 2 times, not once",
        "no file": "does not apply: models/other.sql is not there",
        "nothing": "changes nothing: a and b are equal",
    }
    with pytest.raises(DoesNotApplyError, match="only 1 slips apply of the 2"):
        drawn(tmp_path, [Area("models", 2, (SLIP, *unfit))])


def test_the_cheapest_checks_come_first(root: Path) -> None:
    """Only what dbt reads is asked of dbt; the dear linters after all quick tests, the slow proofs last."""
    model = list(in_order(root, "models/intermediate/spend/int_spend__by_ranking.sql"))
    assert [type(check) for check in model] == [Linters, Build, Pytest, Pytest, Linters, *[Pytest] * 3]
    assert [check.tier for check in model] == [TEST] * 6 + [ALL, NIGHTLY]
    page = list(in_order(root, "scripts/site/words.py"))
    assert Build not in map(type, page)
    first, rest, proofs, *_ = (check for check in page if isinstance(check, Pytest))
    assert first.targets[0] == "tests/python/site"
    assert set(first.targets) == set(rest.ignored)
    assert proofs.tier == TEST
    assert "tests/python/site/test_browser.py" in proofs.targets
    assert {Path(each).parent.as_posix() for each in proofs.targets} == {"tests/python/site"}


def test_nodes_are_told_in_words() -> None:
    """The kind and the name, without the number of a generic test; of many the first three."""
    nodes = ["unit_test.council_productivity.fct_a.ties_share", "test.council_productivity.keys.0123456789"]
    assert named(nodes) == "unit test ties_share of fct_a, test keys"
    assert (
        named(nodes * 3)
        == "unit test ties_share of fct_a, test keys, unit test ties_share of fct_a and 3 more"
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody."""
    nobody = ("-c", "user.name=Nobody", "-c", "user.email=nobody@council-productivity.example")
    done = subprocess.run(
        ["git", *nobody, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def harness(tmp_path: Path) -> Harness:
    """A harness of a little project, with a database as if it had been built."""
    root = tmp_path / "root"
    (root / "models").mkdir(parents=True)
    (root / ".venv").symlink_to(sys.prefix)
    (root / ".gitignore").write_text(".venv\ntarget/\n")
    # As in the project: the folder of the database is git's, what stands in it is not.
    (root / DATABASE).parent.mkdir()
    (root / DATABASE).with_name(".gitignore").write_text("*\n!.gitignore\n")
    (root / SLIP.file).write_text("select a > b\n")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A sum")
    made = Harness(root, tmp_path / "work")
    made.clean.mkdir(parents=True)
    for path in (DATABASE, RECORD):
        (made.clean / path.name).write_text("the commit's")
    made.prepare()
    return made


@dataclass(frozen=True)
class Fake(Check):
    """A check that fails where a file of the project holds a text."""

    held: str

    def stopped_by(self, project: Path, excused: Collection[str] = ()) -> str:
        """The text, where it is held."""
        text = (project / self.file).read_text() + (project / DATABASE).read_text()
        return self.held if self.held in text and self.held not in excused else ""

    def again(self, name: str) -> list[str]:
        """A search that ends well where the text is not there."""
        return ["sh", "-c", f"! grep -q '{name}' {self.file} {DATABASE}"]

    def can_excuse(self, name: str) -> bool:
        """All but one."""
        return name != "a"


def order(*held: str, tier: str = TEST) -> Iterator[Check]:
    """Checks for these texts, one after the other."""
    return iter([Fake(tier, SLIP.file, text) for text in held])


def test_the_first_check_that_fails_stops_a_slip(harness: Harness) -> None:
    """It is recorded with its tier and its command; clone, database and working tree are as they were."""
    result = harness.made(SLIP, lambda *_: order("a = b", "a < b", "b", tier=ALL))
    assert (result.tier, result.check, result.slip) == (ALL, "a < b", "less is more")
    assert result.command == f"sh -c '! grep -q '\"'\"'a < b'\"'\"' {SLIP.file} {DATABASE}'"
    for folder in (harness.root, harness.project):
        assert (folder / SLIP.file).read_text() == "select a > b\n"
        assert git(folder, "status", "--porcelain") == ""
    assert (harness.project / DATABASE).read_text() == "the commit's"


def test_what_fails_without_the_slip_stops_nothing(harness: Harness) -> None:
    """It is kept, so that nobody counts it, and the slip is still there for the next check."""
    result = harness.made(SLIP, lambda *_: order("select", "the commit's", "a < b"))
    assert result.check == "a < b"
    assert harness.excused == ["select", "the commit's"]
    assert harness.made(SLIP, lambda *_: order("select")).tier == NOBODY
    with pytest.raises(CannotPrepareError, match="fails, too"):
        harness.made(SLIP, lambda *_: order("a"))
    assert (harness.project / SLIP.file).read_text() == "select a > b\n"


def test_a_check_that_somebody_ended_is_no_check(tmp_path: Path) -> None:
    """Neither passed nor failed: the run stops, and what was said so far is kept."""
    with pytest.raises(KilledError, match="signal 15"):
        checks.ran(tmp_path, ["sh", "-c", "echo so far; kill -TERM $$"])
    assert "so far" in (tmp_path / checks.SAID).read_text()


def test_later_tiers_are_asked_when_they_are_wanted(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first tier does not stop is left to them, and made again once all are asked."""

    def first_and_later(*_: object) -> Iterator[Check]:
        yield from order("a = b", tier=TEST)
        yield from order("a < b", tier=ALL)

    assert harness.made(SLIP, first_and_later, within=TEST).tier == LATER
    assert harness.made(SLIP, first_and_later).tier == ALL
    harness.results.add(found(SLIP.slip, LATER))
    assert not list(harness.run([SLIP], within=TEST))
    monkeypatch.setattr(harness, "made", lambda slip, within: found(slip.slip, ALL))
    assert [result.tier for _, _, result in harness.run([SLIP])] == [ALL]
    assert [result.tier for result in harness.results.read()] == [ALL]


def test_a_run_goes_on_where_it_was_stopped(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip that has a result is not made again, unless it is asked for anew."""
    made = []

    def make(slip: Slip, within: str) -> Result:
        assert within == NIGHTLY
        made.append(slip.slip)
        return found(slip.slip, TEST)

    monkeypatch.setattr(harness, "made", make)
    chosen = [replace(SLIP, slip=f"slip {number}") for number in range(3)]
    run = harness.run(chosen)
    next(run)
    run.close()
    assert [done for done, _, _ in harness.run(chosen)] == [2, 3]
    assert made == ["slip 0", "slip 1", "slip 2"]
    assert harness.results.read()[0] == found("slip 0", TEST)
    assert len(list(harness.run(chosen[:1], again=True))) == 1
    assert len(harness.results.read()) == 3


def test_the_clone_goes_on_to_the_commit_of_today_when_asked(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without being asked it stays where its results come from, until there is one for every slip drawn."""
    monkeypatch.setattr(harness, "draw", lambda: slips.Draw((SLIP,), ()))
    harness.results.add(found(SLIP.slip, TEST))
    assert not harness.is_through()
    (harness.root / SLIP.file).write_text("select a >= b\n")
    git(harness.root, "commit", "--quiet", "--all", "--message", "Another sum")
    first = harness.commit
    harness.prepare()
    assert harness.commit == first
    assert harness.is_through()
    harness.results.keep([])
    assert not harness.is_through()
    harness.cloned(anew=True)
    assert harness.commit == git(harness.root, "rev-parse", "HEAD").strip() != first
    assert (harness.project / SLIP.file).read_text() == "select a >= b\n"


def test_the_first_test_that_fails_is_named(tmp_path: Path) -> None:
    """By pytest's own name, blanks included; what is excused is left out, nothing found is no failure."""
    (tmp_path / ".venv").symlink_to(sys.prefix)
    folder = tmp_path / "tests" / "python"
    folder.mkdir(parents=True)
    (folder / "test_sum.py").write_text(
        "import pytest\n\n\n@pytest.mark.parametrize('n', [1, 2], ids=['one - fine', 'two - not'])\n"
        "def test_sum(n):\n    assert n == 1, 'not - one'\n\n\ndef test_wrong():\n    assert False\n"
    )
    check = Pytest(TEST, "a.py", (), (str(checks.TESTS),))
    name = "tests/python/test_sum.py::test_sum[two - not]"
    assert check.stopped_by(tmp_path) == name
    assert check.again(name)[-1] == name
    assert check.stopped_by(tmp_path, [name]) == "tests/python/test_sum.py::test_wrong"
    assert Pytest(TEST, "a.py", ("-k", "nothing"), (str(checks.TESTS),)).stopped_by(tmp_path) == ""
    (folder / "test_sum.py").write_text("import nothing_of_that_name\n")
    assert check.stopped_by(tmp_path) == "tests/python/test_sum.py"


def test_the_linter_that_complains_is_named(harness: Harness) -> None:
    """Each is asked of the changed file; one that is not asked says nothing."""
    entries = {"ruff": "grep -q select", "mypy": "grep -q nothing", "sqlfluff": "grep -q nothing"}
    hooks = "\n".join(
        f"      - {{id: {name}, name: {name}, entry: {entry}, language: unsupported}}"
        for name, entry in entries.items()
    )
    text = f"repos:\n  - repo: local\n    hooks:\n{hooks}\n"
    (harness.project / ".pre-commit-config.yaml").write_text(text)
    cheap = Linters(TEST, SLIP.file, checks.CHEAP)
    assert cheap.stopped_by(harness.project) == "mypy"
    assert cheap.stopped_by(harness.project, ["mypy"]) == ""
    assert Linters(TEST, SLIP.file, checks.DEAR).stopped_by(harness.project) == "sqlfluff"


def found(slip: str, tier: str, check: str = "tests/python/test_a.py::test_b") -> Result:
    """A result as if a slip had been made."""
    stopped = (check, f"python -m pytest -q {check}") if tier != NOBODY else ("", "")
    return Result(slip, "models", SLIP.file, "", tier, *stopped, "fct_a", 12.0)


def test_the_report_counts_by_tier(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tier's share is of the slips that anything stops; those that nobody stops are listed apart."""
    tiers = [TEST, TEST, TEST, ALL, NOBODY]
    chosen = [replace(SLIP, slip=f"slip {number}") for number in range(5)]
    for slip, tier in zip(chosen, tiers, strict=True):
        harness.results.add(replace(found(slip.slip, tier), commit=harness.commit))
    passed_over = ((replace(SLIP, slip="idle"), "changes nothing: both are equal"),)
    monkeypatch.setattr(harness, "draw", lambda: slips.Draw(tuple(chosen), passed_over))
    page = report.report(harness, chosen)
    assert "| stopped by any check | 4 | 100 % |" in page
    assert "| stopped by `make test` | 3 | 75.0 % |" in page
    assert "| stopped by `make test-all` | 4 | 100.0 % |" in page
    assert f"| `{SLIP.file}` | slip 4 | fct_a |" in page.partition("## Stopped by nobody")[2]
    assert f"| `{SLIP.file}` | idle | changes nothing: both are equal |" in page


def test_without_git_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that is no repository cannot be cloned, and that is a sentence."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(CannotPrepareError, match="cannot be cloned"):
        Harness(tmp_path, tmp_path / "work").prepare()
