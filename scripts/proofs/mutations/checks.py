"""The checks of a change, the cheapest first, and the command by which each is run: this is what tiers are.

A check runs in a copy of the project that holds one slip. It says the name of the first thing that failed: a
linter, nodes of dbt, a test. ``again`` is the command that asks for that alone.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import changed
from scripts.build import BUILDING, RECORD, publish
from scripts.check import slow
from scripts.check.__main__ import ALWAYS, guarding
from scripts.checksums import checksum, inputs

# Who runs a check: everyone before a change goes in, the server on main, the server at night.
TEST, ALL, NIGHTLY = "make test", "make test-all", "make nightly"
TIERS = (TEST, ALL, NIGHTLY)
PYTHON = Path(".venv") / "bin" / "python"
PYTEST = (str(PYTHON), "-m", "pytest", "-q")
PRE_COMMIT = (str(PYTHON), "-m", "pre_commit", "run", "--color", "never")
# What of pytest each tier runs; a slow proof runs in the first where the file that changed is one it guards.
QUICK, PROOFS = ("-m", "not slow and not nightly"), ("-m", "slow or nightly")
LATER = {ALL: ("--slow", "-m", "slow and not nightly"), NIGHTLY: ("--nightly", "--slow", "-m", "nightly")}
# Linters that take less than a test of pytest, and the others, which come last.
CHEAP = ("ruff", "mypy", "yamllint")
DEAR = ("dbt-parse", "dbt-bouncer", "sqlfluff", "sqlfluff-site", "sqlfluff-templates", "sqlfluff-gates")
TESTS = Path("tests") / "python"
SAID = Path("target") / "last_check.txt"
# What runs longer hangs, and a check that hangs is noticed.
LONGEST = 5400
HUNG = f"no end within {LONGEST} seconds"
PASSED, FOUND_NONE = 0, 5
# A line of pytest's summary: the name, which may hold blanks in its brackets, and perhaps why.
FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+(?:\[.*?\])?)(?: - .*)?$", re.MULTILINE)
NAMED = 3
BROKEN = {"error", "fail", "runtime error"}


class KilledError(Exception):
    """A command was ended by a signal from outside."""


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed; one that hung has no exit status."""

    status: int | None
    output: str


def ran(project: Path, command: Sequence[str], environment: dict[str, str] | None = None) -> Done:
    """Run a command in a project; after the longest time it is ended with all that it started.

    What it printed is kept in the project's ``target/last_check.txt``.

    Raises:
        KilledError: Somebody ended it: it says nothing of the project.
    """
    own = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PRE_COMMIT_HOME": str(project / "target" / "pre-commit"),
        "COLUMNS": "200",
    }
    inherited = {name: text for name, text in os.environ.items() if name != "COUNCIL_PRODUCTIVITY_DATABASE"}
    with subprocess.Popen(
        list(command),
        cwd=project,
        env=inherited | own | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=LONGEST)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                return Done(None, "")
            raise
    (project / SAID).parent.mkdir(exist_ok=True)
    (project / SAID).write_text(f"{shlex.join(command)}\n{output}", encoding="utf-8")
    if process.returncode < 0:
        raise KilledError(f"Ended from outside by signal {-process.returncode}: {shlex.join(command)}")
    return Done(process.returncode, output)


@dataclass(frozen=True)
class Check(ABC):
    """One check of a change to one file, and who runs it."""

    tier: str
    file: str

    @abstractmethod
    def stopped_by(self, project: Path, excused: Collection[str] = ()) -> str:
        """The first that failed, those excused left out; empty where the change passes."""

    @abstractmethod
    def again(self, name: str) -> list[str]:
        """The command that asks once more for what has failed."""

    def can_excuse(self, name: str) -> bool:
        """Whether the check can go on without what has failed."""
        del name
        return False


@dataclass(frozen=True)
class Linters(Check):
    """Linters of pre-commit's configuration, on the changed file."""

    hooks: tuple[str, ...]

    def stopped_by(self, project: Path, excused: Collection[str] = ()) -> str:
        """The first linter that complains."""
        skipped = {*CHEAP, *DEAR} - set(self.hooks) | set(excused)
        done = ran(project, [*PRE_COMMIT, "--files", self.file], {"SKIP": ",".join(sorted(skipped))})
        if done.status == PASSED:
            return ""
        failed = re.search(r"\.Failed\n- hook id: (\S+)", done.output)
        return failed[1] if failed else "pre-commit itself"

    def again(self, name: str) -> list[str]:
        """That linter on the file."""
        return [*PRE_COMMIT, *([name] if self.can_excuse(name) else []), "--files", self.file]

    def can_excuse(self, name: str) -> bool:
        """A linter can be left out."""
        return name in (*CHEAP, *DEAR)


@dataclass(frozen=True)
class Build(Check):
    """dbt on what differs from the commit and what depends on it, upon a copy of the commit's database.

    A full build runs all of that, too; where it passes, what it publishes takes the database's place.
    """

    def stopped_by(self, project: Path, excused: Collection[str] = ()) -> str:
        """The nodes that failed."""
        results = project / "target" / "run_results.json"
        results.unlink(missing_ok=True)
        done = ran(project, self.again(""))
        if done.status == PASSED:
            published(project)
            return ""
        if not results.exists():
            return f"dbt itself: {(done.output.strip().splitlines() or [HUNG])[-1]}"
        rows = json.loads(results.read_text(encoding="utf-8"))["results"]
        return named([row["unique_id"] for row in rows if row["status"] in BROKEN]) or "dbt itself"

    def again(self, name: str) -> list[str]:
        """The same: dbt names every node that fails."""
        del name
        return [str(PYTHON), "-m", "scripts.changed", "HEAD"]


def named(nodes: Sequence[str]) -> str:
    """Nodes of dbt in words: the kind and the name, the first few of many."""
    words = []
    for node in nodes[:NAMED]:
        kind, _, *names = node.split(".")
        # A generic test ends in a number made of its arguments.
        told = [name for name in names if not re.fullmatch(r"[0-9a-f]{10}", name)]
        words.append(f"{kind.replace('_', ' ')} {' of '.join(reversed(told))}")
    more = f" and {len(nodes) - NAMED} more" if len(nodes) > NAMED else ""
    return ", ".join(words) + more


def published(project: Path) -> None:
    """Publish a build of what differs, as a full build would: what reads the database meets the slip."""
    if not (project / BUILDING).exists():
        return
    record = json.loads((project / RECORD).read_text(encoding="utf-8"))
    record["checksum"] = checksum(project, record["variables"])
    text = json.dumps(record, indent=2, sort_keys=True) + "\n"
    (project / BUILDING).with_name(RECORD.name).write_text(text, encoding="utf-8")
    publish(project)


@dataclass(frozen=True)
class Pytest(Check):
    """Tests of pytest: those of some files and folders, or all others, up to the first that fails."""

    options: tuple[str, ...]
    targets: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    def stopped_by(self, project: Path, excused: Collection[str] = ()) -> str:
        """The first test that fails."""
        left_out = [f"--ignore={path}" for path in self.ignored] + [f"--deselect={test}" for test in excused]
        done = ran(project, [*PYTEST, "-x", "-rfE", *self.options, *self.targets, *left_out])
        if done.status in (PASSED, FOUND_NONE):
            return ""
        failed = FAILED.search(done.output)
        return failed[1] if failed else HUNG if done.status is None else "pytest itself"

    def again(self, name: str) -> list[str]:
        """That test alone."""
        return [*PYTEST, *([name] if self.can_excuse(name) else [*self.options, *self.targets])]

    def can_excuse(self, name: str) -> bool:
        """A test, or a file of tests, can be left out."""
        return name.startswith(f"{TESTS}/")


@dataclass(frozen=True)
class Command(Check):
    """A command of its own, which ends with another status than 0 where something is wrong."""

    words: tuple[str, ...]

    def stopped_by(self, project: Path, excused: Collection[str] = ()) -> str:
        """The command."""
        return "" if ran(project, self.words).status == PASSED else " ".join(self.words)

    def again(self, name: str) -> list[str]:
        """The same."""
        del name
        return list(self.words)


def told_by(file: str) -> re.Pattern[str]:
    """What a test that concerns a file calls it: a module by its import, anything else by its name."""
    path = Path(file)
    if path.suffix != ".py":
        return re.compile(rf"\b{re.escape(path.stem)}\b")
    package, module = ".".join(path.parent.parts), re.escape(path.stem)
    package = re.escape(package)
    return re.compile(rf"\b{package}\.{module}\b|from {package} import .*\b{module}\b")


def first_tests(project: Path, file: str) -> tuple[str, ...]:
    """Files and folders of tests that guard a file, and tests that name it: the likeliest to fail."""
    guards = guarding([file])
    chosen = [] if any(target in ("tests", str(TESTS)) for target in guards) else list(guards)
    for test in sorted((project / TESTS).rglob("test_*.py")):
        own = test.relative_to(project).as_posix()
        if not any(own.startswith(target) for target in chosen) and told_by(file).search(test.read_text()):
            chosen.append(own)
    # Tests named after the file go before those that guard anything.
    return tuple(sorted(chosen, key=lambda target: (Path(file).stem not in target, target in ALWAYS, target)))


def due(project: Path, file: str) -> tuple[str, ...]:
    """Files of tests whose slow proofs ``make test`` runs when this file changes."""
    return tuple(
        proofs.file
        for proofs in slow.proofs(project, changed.known_files(project))
        if file.startswith((proofs.file, *slow.GUARDS.get(proofs.file.removeprefix(slow.TESTS), ())))
    )


def in_order(project: Path, file: str) -> Iterator[Check]:
    """The checks of a change to a file, tier by tier, within a tier the cheapest first."""
    yield Linters(TEST, file, CHEAP)
    if project / file in set(inputs(project)):
        yield Build(TEST, file)
    if first := first_tests(project, file):
        yield Pytest(TEST, file, QUICK, first)
    yield Pytest(TEST, file, QUICK, (str(TESTS),), first)
    yield Linters(TEST, file, DEAR)
    proved = due(project, file)
    if proved:
        yield Pytest(TEST, file, PROOFS, proved)
    for tier, options in LATER.items():
        yield Pytest(tier, file, options, (str(TESTS),), proved)
