"""Plant one fault at a time in a copy of the project, build what depends on it, and record what caught it.

dbt reads the project once; every build is a fork of that process, so that none inherits anything from the one
before. A build starts from a copy of the database of the real figures and makes anew only the seed with the
fault and what depends on it: everything else is the same in both. It goes in three steps, and ends after the
first in which a check fails: up to spend, measures and ranks; then marts and rank bands; then, where the
project has release gates, the comparison with the last release. For a fault in the newest edition that is the
release before it, for any other one that holds the edition. What a fault that the build stops would have done
to ranks is worked out without the checks, where the models take it at all.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.build import DATABASE, is_current
from scripts.checksums import checksum
from scripts.proofs.planted_faults.building import dbt_build, dbt_options
from scripts.proofs.planted_faults.comparing import Gates, Moves, compared, gate_findings, gate_rows
from scripts.proofs.planted_faults.faults import ROOT, Fault, Result, drawn
from scripts.proofs.planted_faults.kinds import KINDS
from scripts.proofs.planted_faults.reach import NEWEST, until
from scripts.proofs.planted_faults.series import newest_start, path_of
from scripts.proofs.planted_faults.tables import cut, write
from scripts.proofs.rows import Rows

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

WORK = Path("target") / "planted_faults"
PROJECT = ("analyses", "macros", "models", "seeds", "tests", "dbt_project.yml", "profiles.yml")
DRAWS = 50
# A build that hangs is ended after so many seconds: that says nothing of the fault, which is planted again by
# the next run.
LONGEST = 3600
GRACE = 10
# What the first step of a build leaves for the second, with all that rests on it: none of it feeds the
# published ranks.
LATER = (
    "path:models/marts+",
    "path:models/intermediate/draws+",
    "path:models/intermediate/noise+",
    "path:models/intermediate/position+",
    "path:models/intermediate/change+",
    "path:models/intermediate/companion+",
    "path:models/intermediate/delayed_transfers+",
    "path:models/intermediate/adult_social_care+",
    "int_verdicts__modules+",
    "int_peers__medians+",
    "int_peers__medians_by_month+",
    "int_measures__context_figures+",
)
# What is built without checks to see what a fault would have done to ranks.
RANKS = "int_rankings__published"


class NoAnswerError(Exception):
    """A build did not end in time."""


class Harness:
    """A copy of the project to plant faults in, and the database of the real figures to start from."""

    def __init__(self, root: Path = ROOT, work: Path | None = None, published: bool = False) -> None:
        """Name the folders; nothing is copied or built yet.

        With ``published``, the database of the last build is that of the real figures, where nothing has
        changed since: then it has passed every check. It comes with all its draws.
        """
        self.root = root
        self.published = published and is_current(root)
        self.options = dbt_options(None if self.published else DRAWS)
        self.work = work or root / WORK
        self.project = self.work / "project"
        self.clean = self.work / "clean" / DATABASE.name
        # The release before the newest edition.
        self.older = self.work / "older" / DATABASE.name
        self.building = self.work / "building" / DATABASE.name
        self.rows = Rows(self.work / "results.csv", Result)

    @cached_property
    def version(self) -> str:
        """A checksum over the project and the harness: results of another version do not count."""
        total = hashlib.sha256(checksum(self.root).encode())
        own = (self.root / "scripts" / "proofs" / "planted_faults").glob("*.py")
        gates = [*(self.root / "gates").rglob("*.sql"), *(self.root / "scripts" / "release").glob("*.py")]
        for path in sorted(gates + [path for path in own if path.name not in ("report.py", "__main__.py")]):
            total.update(path.read_bytes())
        return total.hexdigest()[:16]

    @property
    def newest(self) -> str:
        """The newest edition that any ranking is scored in."""
        start = newest_start(self.root)
        return f"{start}-{(start + 1) % 100:02d}"

    def last_release(self, edition: str) -> Path:
        """What a fault of an edition is compared with."""
        return self.older if edition == NEWEST else self.clean

    @cached_property
    def manifest(self) -> Manifest:
        """The project as dbt reads it, once."""
        from dbt.cli.main import dbtRunner
        from dbt.contracts.graph.manifest import Manifest

        os.environ |= {
            "COUNCIL_PRODUCTIVITY_DATABASE": str(self.building),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }
        os.chdir(self.project)
        quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
        answer = dbtRunner().invoke([*quiet, "parse", *self.options])
        if not isinstance(answer.result, Manifest):
            raise RuntimeError(f"dbt cannot read the project: {answer.exception}")
        return answer.result

    def prepare(self) -> None:
        """Copy the project; build and check the real figures, unless they have been for this version."""
        for name in PROJECT:
            source, target = self.root / name, self.project / name
            if source.is_dir():
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "python"))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
        mark = self.work / "clean.json"
        if self.clean.exists() and mark.exists() and json.loads(mark.read_text())["version"] == self.version:
            _ = self.manifest
            return
        self.rows.path.unlink(missing_ok=True)
        mark.unlink(missing_ok=True)
        started = time.monotonic()
        alarms = self.build_real()
        self.older.parent.mkdir(parents=True, exist_ok=True)
        self.older.unlink(missing_ok=True)
        until(self.clean, self.older, self.newest)
        held = self.apart(gate_rows, self.clean, self.clean)
        new = self.apart(gate_rows, self.clean, self.older)
        rows = [*held, *new]
        content = {
            "version": self.version,
            "alarms": [*alarms, *sorted({f"{row[0]}: {row[2]}" for row in rows if row[1] == "error"})],
            "warnings": sorted({f"{row[0]}: {row[2]}" for row in rows if row[1] == "warn"}),
            "gate_rows": {self.clean.parent.name: held, self.older.parent.name: new},
            "seconds": round(time.monotonic() - started, 1),
        }
        mark.write_text(json.dumps(content, indent=2) + "\n")

    def build_real(self) -> list[str]:
        """Build and check the real figures, unless that was done for these inputs; returns what failed."""
        mark, inputs = self.work / "real.json", checksum(self.root)
        if self.clean.exists() and mark.exists():
            said = json.loads(mark.read_text())
            if said["inputs"] == inputs:
                return list(said["alarms"])
        mark.unlink(missing_ok=True)
        for folder in (self.clean.parent, self.building.parent):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        alarms: list[str] = []
        if self.published:
            shutil.copy(self.root / DATABASE, self.clean)
        else:
            alarms = self.apart(dbt_build, self.manifest, self.options, (), ())
            self.building.replace(self.clean)
        mark.write_text(json.dumps({"inputs": inputs, "alarms": alarms}) + "\n")
        return alarms

    @cached_property
    def real(self) -> dict[str, Any]:
        """What the checks said of the real figures."""
        said: dict[str, Any] = json.loads((self.work / "clean.json").read_text())
        return said

    def apart(self, work: Any, *arguments: Any) -> Any:  # noqa: ANN401 (any function of this module)
        """The answer of a function that runs in a fork of this process."""
        _ = self.manifest
        context = multiprocessing.get_context("fork")
        answers, questions = context.Pipe(duplex=False)
        process = context.Process(target=_answer, args=(questions, work, arguments))
        process.start()
        questions.close()
        try:
            if not answers.poll(LONGEST):
                process.kill()
                raise NoAnswerError(f"no answer in {LONGEST} seconds")
            answer = answers.recv()
        except EOFError:
            answer = RuntimeError("the build's process died")
        finally:
            # one that has answered ends by itself, and gives back what it holds
            process.join(GRACE)
            process.terminate()
            process.join()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def planted(self, fault: Fault) -> Result:
        """Plant a fault, build, compare, and take the fault back."""
        started = time.monotonic()
        original = path_of(self.root, fault.target.seed)
        place = self.project / original.relative_to(self.root)
        write(fault.table, place)
        shutil.rmtree(self.building.parent, ignore_errors=True)
        self.building.parent.mkdir(parents=True)
        shutil.copy(self.clean, self.building)
        seed, release = fault.target.seed, self.last_release(fault.edition)
        gates, moves, effect_on, gates_took = Gates(), Moves(), "nothing", 0.0
        try:
            blocked = self.blocked(seed)
            if not blocked:
                at = time.monotonic()
                gates = self.apart(
                    gate_findings, self.building, release, self.real["gate_rows"][release.parent.name]
                )
                gates_took = time.monotonic() - at
                moves = self.apart(compared, self.clean, self.building, not gates.found, True)
                effect_on = "ranks and verdicts"
            elif self.ranked(seed):
                moves, effect_on = self.apart(compared, self.clean, self.building, False), "ranks"
        finally:
            shutil.copy(original, place)
        found: Sequence[str] = blocked or [*gates.alone, *gates.beside]
        if found:
            outcome = "caught"
        elif gates.warned:
            outcome = "warned of"
        else:
            outcome = "through" if moves.marts else "harmless"
        found = found or gates.warned
        return Result(
            fault=fault.name,
            kind=fault.kind.name,
            layer=fault.kind.layer,
            seed=fault.target.seed,
            item=fault.target.name,
            edition=fault.edition,
            lines_changed=fault.change.lines,
            row=fault.change.row,
            before=fault.change.before,
            after=fault.change.after,
            outcome=outcome,
            caught_by_layer=", ".join(sorted({each.split(":")[0] for each in found})),
            caught_by="; ".join(found),
            effect_on=effect_on,
            ranks_moved=moves.moved,
            ranks_beyond_band=moves.beyond_band,
            largest_move=moves.largest,
            ranks_come_or_gone=moves.come_or_gone,
            top_tens_changed=moves.top_tens,
            verdicts_changed=moves.verdicts,
            marts_changed=moves.marts,
            seconds=round(time.monotonic() - started, 1),
            seconds_of_gates=round(gates_took, 1),
        )

    def blocked(self, seed: str) -> list[str]:
        """Build and check a seed and what depends on it; returns what failed."""
        try:
            failed: list[str] = self.apart(dbt_build, self.manifest, self.options, [f"{seed}+"], LATER)
            later = [f"{seed}+,{models}" for models in LATER]
            return failed or self.apart(dbt_build, self.manifest, self.options, later, ())
        except NoAnswerError:
            raise
        except Exception as error:  # what dbt does not survive, nobody publishes
            return [f"build: {type(error).__name__}: {cut(str(error).strip().splitlines()[0])}"]

    def ranked(self, seed: str) -> bool:
        """Whether the models make ranks of a seed that the build stopped, if nothing checks it."""
        try:
            return not self.apart(
                dbt_build, self.manifest, self.options, [f"{seed}+,+{RANKS}"], ("resource_type:test",), False
            )
        except NoAnswerError:
            raise
        except Exception:  # as with the checks
            return False

    def results(self) -> list[Result]:
        """The results so far, of this version of project and harness."""
        return self.rows.read()

    def run(self, kinds: Sequence[str], each: int) -> Iterator[tuple[int, int, Result]]:
        """Plant every fault that has no result yet, and write each result as it comes."""
        self.prepare()
        known = {result.fault for result in self.results()}
        names = [(number, kind) for number in range(1, each + 1) for kind in kinds]
        for done, (number, kind) in enumerate(names, start=1):
            if f"{kind} #{number}" in known:
                continue
            try:
                result = self.planted(drawn(KINDS[kind], number))
            except NoAnswerError as error:
                print(f"{kind} #{number}: {error}; planted again by the next run", flush=True)
                continue
            self.record(result)
            yield done, len(names), result

    def record(self, result: Result) -> None:
        """Add a result to the file, so that a run that is killed goes on after it."""
        self.rows.add(result)


def _answer(questions: Any, work: Any, arguments: Sequence[Any]) -> None:  # noqa: ANN401
    """Do the work and send what comes of it, or what it raised."""
    try:
        questions.send(work(*arguments))
    except Exception as error:
        questions.send(RuntimeError(str(error)))
