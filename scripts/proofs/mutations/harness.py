"""Make one slip at a time in a clone of the project, run the checks until one stops it, and record which.

The clone stands at a commit, with the commit's database published in it, in a folder of its own; the working
tree is left alone. What fails with the slip in place is asked again without it: only what then passes has
stopped the slip.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import changed
from scripts.build import DATABASE, RECORD, WAREHOUSE
from scripts.marts import MARTS
from scripts.proofs.mutations import slips
from scripts.proofs.mutations.checks import PASSED, PYTHON, TIERS, Build, Check, in_order, ran
from scripts.proofs.mutations.slips import REGISTER, Draw, Slip
from scripts.proofs.planted_faults.comparing import compared
from scripts.proofs.rows import Rows

ROOT = Path(__file__).resolve().parents[3]
WORK = Path("target") / "mutations"
ENVIRONMENTS = (".venv", ".venvs")
NOBODY = "nobody"
# Not stopped by the first tiers, and the later ones were not asked.
LATER = "later"
# What commands leave in a project beside the warehouse.
LEFT = ("releases", "site")


class CannotPrepareError(Exception):
    """The clone cannot be had or built, and why."""


@dataclass
class Result:
    """What became of a slip: a row of the file of results."""

    slip: str
    area: str
    file: str
    commit: str
    # who stops it, by which check, and the command that asks for that check alone
    tier: str
    check: str
    command: str
    # marts that differ, where the build passes
    marts_changed: str
    seconds: float


class Harness:
    """A clone of the project to make slips in, and the database of its commit."""

    def __init__(self, root: Path = ROOT, work: Path | None = None) -> None:
        """Name the folders; nothing is cloned or built yet."""
        self.root = root
        self.work = work or root / WORK
        self.project = self.work / "project"
        self.clean = self.work / "clean"
        self.results = Rows(self.work / "results.csv", Result)
        # Checks that fail without any slip, at the clone's commit: they stop nothing.
        self.excused_file = self.work / "excused.txt"

    @property
    def excused(self) -> list[str]:
        """What has failed without any slip."""
        return self.excused_file.read_text().splitlines() if self.excused_file.exists() else []

    @property
    def commit(self) -> str:
        """The commit at which the clone stands; empty without a clone."""
        if not (self.project / ".git").exists():
            return ""
        return changed.git(self.project, "rev-parse", "HEAD").decode().strip()

    def prepare(self, anew: bool = False) -> None:
        """Clone the project and publish the commit's database there, unless both stand from a run before.

        Raises:
            CannotPrepareError: git cannot clone, or the commit cannot be built.
        """
        try:
            self.cloned(anew)
        except changed.NoBaseError as error:
            raise CannotPrepareError(f"The project cannot be cloned: {error}.") from error
        if not (self.clean / RECORD.name).exists():
            shutil.rmtree(self.project / WAREHOUSE, ignore_errors=True)
            if changed.built_from(self.root, self.project) is not None:
                (self.project / WAREHOUSE).mkdir()
                for path in (DATABASE, MARTS, RECORD):
                    shutil.copy(self.root / path, self.project / path)
            else:
                done = ran(self.project, [str(PYTHON), "-m", "scripts.index"])
                if done.status != PASSED:
                    raise CannotPrepareError(f"The commit cannot be built:\n{done.output.strip()}")
            shutil.rmtree(self.clean, ignore_errors=True)
            shutil.copytree(self.project / WAREHOUSE, self.clean)
        self.restore()

    def cloned(self, anew: bool) -> None:
        """Clone the project, or have the clone go on to the commit of today."""
        if not self.commit:
            self.work.mkdir(parents=True, exist_ok=True)
            changed.git(self.root, "clone", "--quiet", "--local", str(self.root), str(self.project))
            for name in ENVIRONMENTS:
                if (self.root / name).exists():
                    (self.project / name).symlink_to((self.root / name).resolve())
            with (self.project / ".git" / "info" / "exclude").open("a") as exclude:
                exclude.write("".join(f"{name}\n" for name in ENVIRONMENTS))
        elif anew:
            for what in (("origin",), (str(self.root), "HEAD")):
                changed.git(self.project, "fetch", "--quiet", *what)
            changed.git(self.project, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD")
            shutil.rmtree(self.clean, ignore_errors=True)
            self.excused_file.unlink(missing_ok=True)

    def restore(self) -> None:
        """Put the clone back to its commit, database included; what dbt and linters keep stays."""
        for name in (str(WAREHOUSE), *LEFT):
            shutil.rmtree(self.project / name, ignore_errors=True)
        shutil.copytree(self.clean, self.project / WAREHOUSE)
        # The warehouse's own .gitignore comes back before git takes what it does not know away.
        subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=self.project, check=True)
        subprocess.run(["git", "clean", "--quiet", "--force", "-d"], cwd=self.project, check=True)

    @contextmanager
    def without(self) -> Iterator[None]:
        """The clone as its commit has it, for the moment; the slip and its database come back afterwards."""
        stash = self.work / "stash"
        shutil.rmtree(stash, ignore_errors=True)
        difference = changed.git(self.project, "diff", "--binary")
        (self.project / WAREHOUSE).rename(stash)
        self.restore()
        try:
            yield
        finally:
            self.restore()
            shutil.rmtree(self.project / WAREHOUSE)
            stash.rename(self.project / WAREHOUSE)
            subprocess.run(["git", "apply", "-"], cwd=self.project, input=difference, check=True)

    def stopped_by(self, check: Check) -> str:
        """What of a check fails with the slip and passes without it; empty where nothing does."""
        while name := check.stopped_by(self.project, self.excused):
            with self.without():
                done = ran(self.project, check.again(name))
            if done.status == PASSED:
                return name
            if name in self.excused or not check.can_excuse(name):
                raise CannotPrepareError(f"Without any slip this fails, too: {shlex.join(check.again(name))}")
            with self.excused_file.open("a") as file:
                file.write(f"{name}\n")
        return ""

    def made(
        self,
        slip: Slip,
        order: Callable[[Path, str], Iterator[Check]] = in_order,
        within: str = TIERS[-1],
    ) -> Result:
        """Make a slip, run the checks, up to a tier, until one stops it, and take the slip back."""
        asked = TIERS[: TIERS.index(within) + 1]
        started = time.monotonic()
        found = Result(slip.slip, slip.area, slip.file, self.commit, NOBODY, "", "", "", 0)
        try:
            (self.project / slip.file).write_text(slips.changed(self.project, slip), encoding="utf-8")
            for check in order(self.project, slip.file):
                if check.tier not in asked:
                    found.tier = LATER
                    break
                if name := self.stopped_by(check):
                    found.tier, found.check = check.tier, name
                    found.command = shlex.join(check.again(name))
                    break
                if isinstance(check, Build):
                    found.marts_changed = self.marts_changed()
        finally:
            self.restore()
        found.seconds = round(time.monotonic() - started, 1)
        return found

    def marts_changed(self) -> str:
        """The first marts that differ from the commit's."""
        return compared(self.clean / DATABASE.name, self.project / DATABASE, whole=True).marts or "none"

    def draw(self) -> Draw:
        """The slips that are drawn for the commit."""
        return slips.drawn(self.project, slips.areas(self.project / REGISTER.relative_to(ROOT)))

    def is_through(self) -> bool:
        """Whether every slip drawn has its result, and the project has gone on since."""
        if not self.commit or changed.git(self.root, "rev-parse", "HEAD").decode().strip() == self.commit:
            return False
        known = {found.slip for found in self.results.read() if found.tier != LATER}
        return all(slip.slip in known for slip in self.draw().slips)

    def run(
        self, chosen: Sequence[Slip], again: bool = False, within: str = TIERS[-1]
    ) -> Iterator[tuple[int, int, Result]]:
        """Make every slip that has no result yet, and write each result as it comes.

        Up to a tier, what only later ones could stop has a result that says so and is made again afterwards.
        """
        if again:
            names = {slip.slip for slip in chosen}
            self.results.keep([found for found in self.results.read() if found.slip not in names])
        if within == TIERS[-1]:
            self.results.keep([found for found in self.results.read() if found.tier != LATER])
        known = {found.slip for found in self.results.read()}
        for done, slip in enumerate(chosen, start=1):
            if slip.slip in known:
                continue
            result = self.made(slip, within=within)
            self.results.add(result)
            yield done, len(chosen), result
