"""Plant one fault at a time in a copy of the project, build what depends on it, and record what caught it.

dbt reads the project once; every build is a fork of that process, so that none inherits anything from the one
before. A build starts from a copy of the database of the real figures and makes anew only the seed with the
fault and what depends on it: everything else is the same in both. It goes in three steps, and ends after the
first in which a check fails: up to spend, measures and ranks; then marts and rank bands; then, where the
project has release gates, the comparison with the last release.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from scripts.build import DATABASE, draw_variables, is_current
from scripts.checksums import checksum
from scripts.proofs.planted_faults.comparing import Gates, Moves, compared, gate_findings, gate_rows
from scripts.proofs.planted_faults.kinds import KINDS, CannotPlantError, Kind, aimed_at
from scripts.proofs.planted_faults.series import Series, path_of, seed_table
from scripts.proofs.planted_faults.tables import Difference, Table, cut, difference, write
from scripts.proofs.rows import Rows

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

ROOT = Path(__file__).resolve().parents[3]
WORK = Path("target") / "planted_faults"
PROJECT = ("analyses", "macros", "models", "seeds", "tests", "dbt_project.yml", "profiles.yml")
SEED = 20261124
DRAWS = 50
TRIES = 200
# A build that hangs is ended after so many seconds and told as such.
LONGEST = 600
GRACE = 10
# What the first step of a build leaves for the second: nothing of it feeds the published ranks.
LATER = (
    "path:models/marts",
    "path:models/intermediate/draws",
    "path:models/intermediate/noise",
    "path:models/intermediate/position",
    "path:models/intermediate/change",
    "path:models/intermediate/delayed_transfers",
    "path:models/intermediate/adult_social_care",
    "int_verdicts__modules",
    "int_peers__medians",
    "int_peers__medians_by_month",
    "int_measures__context_figures",
)
# From the file to the release: where a fault could be caught first.
ORDER = ("source", "grading", "reconciliation", "keys", "property", "model", "contract", "build")
BROKEN = {"error", "fail", "runtime error"}
# The layer of a data test by the folder it stands in; tests in YAML have none.
LAYERS = {
    "geography": "source",
    "grading": "grading",
    "properties": "property",
    "reconciliation": "reconciliation",
    "distribution": "distribution",
    "scoring": "property",
}


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, the number of the draw, and the seed with the fault in it."""

    kind: Kind
    number: int
    target: Series
    table: Table
    change: Difference

    @property
    def name(self) -> str:
        """The fault's name, the same from run to run."""
        return f"{self.kind.name} #{self.number}"


@dataclass
class Result:
    """What a fault did: a row of the file of results."""

    fault: str
    kind: str
    layer: str
    seed: str
    item: str
    lines_changed: int
    row: str
    before: str
    after: str
    # caught, warned of, through or harmless
    outcome: str
    caught_by_layer: str
    caught_by: str
    ranks_moved: int
    ranks_beyond_band: int
    largest_move: int
    marts_changed: str
    seconds: float

    @property
    def number(self) -> int:
        """The number of the draw."""
        return int(self.fault.rpartition("#")[2])


def drawn(kind: Kind, number: int, seed: int = SEED) -> Fault:
    """The fault of a kind under a number, the same for the same seed; each number goes to another file."""
    order = Random(f"{seed}|{kind.name}")
    by_seed: defaultdict[str, list[Series]] = defaultdict(list)
    for target in aimed_at(kind.aims):
        by_seed[target.seed].append(target)
    seeds = order.sample(sorted(by_seed), len(by_seed))
    chance = Random(f"{seed}|{kind.name}|{number}")
    for attempt in range(TRIES):
        # a draw that cannot be planted moves on to the next seed, so that no kind hangs on one
        target = chance.choice(by_seed[seeds[(number + attempt // 5) % len(seeds)]])
        before = seed_table(ROOT, target.seed)
        try:
            after = kind.plant(before, target, chance)
        except CannotPlantError:
            continue
        if change := difference(before, after):
            return Fault(kind, number, target, after, change)
    raise CannotPlantError(f"{kind.name} could not be planted in {TRIES} draws")


def layer_and_name(result: Any) -> str:  # noqa: ANN401 (dbt's own type cannot be imported before dbt is)
    """What failed, as ``layer: name``."""
    node = result.node
    kind = node.resource_type.value
    if kind == "seed":
        return f"source: reader of {node.name}"
    if kind == "model":
        return f"contract: {node.name}" if "contract" in (result.message or "") else f"model: {node.name}"
    generic = getattr(node, "test_metadata", None)
    if generic and generic.name in ("well_formed_rows", "typed_or_refused"):
        return f"source: {node.name}"
    if generic:
        guarded = getattr(node, "attached_node", None) or ""
        of_source = guarded.startswith(("seed.", "model.council_productivity.stg_"))
        return f"{'source' if of_source else 'keys'}: {node.name}"
    return f"{layer_of_folder(Path(node.original_file_path).parts[1])}: {node.name}"


def dbt_build(
    manifest: Manifest, options: Sequence[str], select: Sequence[str], exclude: Sequence[str]
) -> list[str]:
    """Build a selection without unit tests; returns what failed, or raises what kept dbt from building."""
    from dbt.cli.main import dbtRunner

    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
    choice = ["--select", *select] if select else []
    choice += ["--exclude", *exclude] if exclude else []
    answer = dbtRunner(manifest=manifest).invoke(
        [*quiet, "--no-write-json", "build", *options, "--exclude-resource-type", "unit_test", *choice]
    )
    if answer.exception:
        raise answer.exception
    close_database()
    results = getattr(answer.result, "results", ())
    broken = {layer_and_name(each) for each in results if str(each.status) in BROKEN}
    return sorted(broken, key=lambda check: (ORDER.index(check.split(":")[0]), check))


def layer_of_folder(folder: str) -> str:
    """The layer of a data test that stands in a folder of its own."""
    return LAYERS.get(folder, "property")


def dbt_options(draws: int | None) -> list[str]:
    """The options that every command shares, so that what was parsed serves every build."""
    return ["--profiles-dir", ".", "--project-dir", ".", "--vars", json.dumps(draw_variables(draws))]


def close_database() -> None:
    """Let go of the database, so that it can be read."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()


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
        for folder in (self.clean.parent, self.building.parent):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        started = time.monotonic()
        alarms: list[str] = []
        if self.published:
            shutil.copy(self.root / DATABASE, self.clean)
        else:
            alarms = self.apart(dbt_build, self.manifest, self.options, (), ())
            self.building.replace(self.clean)
        rows = self.apart(gate_rows, self.clean, self.clean)
        content = {
            "version": self.version,
            "alarms": [*alarms, *sorted({f"{row[0]}: {row[2]}" for row in rows if row[1] == "error"})],
            "warnings": sorted({f"{row[0]}: {row[2]}" for row in rows if row[1] == "warn"}),
            "gate_rows": rows,
            "seconds": round(time.monotonic() - started, 1),
        }
        mark.write_text(json.dumps(content, indent=2) + "\n")

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
                raise RuntimeError(f"no answer in {LONGEST} seconds")
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
        blocked: list[str] = []
        gates = Gates()
        moves = Moves()
        try:
            blocked = self.apart(dbt_build, self.manifest, self.options, [f"{fault.target.seed}+"], LATER)
            if not blocked:
                later = [f"{fault.target.seed}+,{models}" for models in LATER]
                blocked = self.apart(dbt_build, self.manifest, self.options, later, ())
            if not blocked:
                gates = self.apart(gate_findings, self.building, self.clean, self.real["gate_rows"])
                moves = self.apart(compared, self.clean, self.building, not gates.found)
        except Exception as error:  # what dbt does not survive, nobody publishes
            blocked = [f"build: {type(error).__name__}: {cut(str(error).strip().splitlines()[0])}"]
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
            lines_changed=fault.change.lines,
            row=fault.change.row,
            before=fault.change.before,
            after=fault.change.after,
            outcome=outcome,
            caught_by_layer=", ".join(sorted({each.split(":")[0] for each in found})),
            caught_by="; ".join(found),
            ranks_moved=moves.moved,
            ranks_beyond_band=moves.beyond_band,
            largest_move=moves.largest,
            marts_changed=moves.marts,
            seconds=round(time.monotonic() - started, 1),
        )

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
            result = self.planted(drawn(KINDS[kind], number))
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
