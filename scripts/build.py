"""Run ``dbt build`` into a database of its own and publish it if everything passed."""

from __future__ import annotations

import fcntl
import importlib.metadata
import json
import os
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.checksums import checksum
from scripts.marts import MARTS, write_database

if TYPE_CHECKING:
    from dbt.contracts.results import NodeResult
    from dbt_common.events.base_types import EventMsg

WAREHOUSE = Path("warehouse")
DATABASE = WAREHOUSE / "council_productivity.duckdb"
RECORD = WAREHOUSE / "build.json"
# DuckDB names the catalogue after the file, so both files have the same name.
BUILDING = WAREHOUSE / "building" / DATABASE.name


class AnotherBuildError(Exception):
    """A build is already running in this folder."""


@dataclass
class Outcome:
    """What a build did: its results by node, or the error that kept it from starting."""

    success: bool
    results: Sequence[NodeResult] = ()
    error: str = ""
    seconds: float = 0

    def statuses(self) -> Counter[str]:
        """Nodes by dbt's status."""
        return Counter(str(result.status) for result in self.results)


@dataclass
class Progress:
    """Counts finished nodes: on one line of a terminal, by quarters elsewhere."""

    total: int = 0
    done: int = 0
    said: set[int] = field(default_factory=set)

    def __call__(self, event: EventMsg) -> None:
        """Take one of dbt's events."""
        if event.info.name == "LogStartLine":
            self.total = event.data.total
        elif event.info.name == "NodeFinished":
            self.done += 1
            self.say()

    def say(self) -> None:
        """Print where the build has got to."""
        line = f"{self.done} of {self.total} nodes"
        quarter = 4 * self.done // max(self.total, 1)
        if sys.stdout.isatty():
            print(f"\r{line}", end="" if self.done < self.total else "\n", flush=True)
        elif quarter and quarter not in self.said:
            self.said.add(quarter)
            print(line, flush=True)


@contextmanager
def only_build(root: Path) -> Iterator[None]:
    """Hold this folder's build lock; the system releases it however the process ends."""
    (root / WAREHOUSE).mkdir(exist_ok=True)
    with (root / WAREHOUSE / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherBuildError from error
        yield


def draw_variables(draws: int | None) -> dict[str, int]:
    """Project variables for so many draws: a fifth of them for each choice alone, a hundred at most."""
    return {"draws": draws, "effect_draws": min(100, max(1, draws // 5))} if draws else {}


def is_current(root: Path, variables: Mapping[str, int] | None = None) -> bool:
    """Whether the published database was built from exactly today's inputs and these variables."""
    if not all((root / path).exists() for path in (DATABASE, MARTS, RECORD)):
        return False
    return json.loads((root / RECORD).read_text()).get("checksum") == checksum(root, variables)


def run_dbt(arguments: Sequence[str]) -> Outcome:
    """Run dbt in this process, quietly, and let go of the database."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    started = time.monotonic()
    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
    answer = dbtRunner(callbacks=[Progress()]).invoke([*quiet, *arguments])
    # A file still open for writing cannot be opened for reading the rows that failed.
    if DuckDBConnectionManager._ENV:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
    seconds = time.monotonic() - started
    if isinstance(answer.exception, KeyboardInterrupt):
        raise KeyboardInterrupt
    results = getattr(answer.result, "results", ())
    return Outcome(answer.success, results, str(answer.exception or ""), seconds)


def record(root: Path, outcome: Outcome, inputs: str, variables: Mapping[str, int]) -> None:
    """Write what was built, from what, and where the seconds went."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for result in outcome.results:
        seconds[result.node.resource_type.value] += result.execution_time
    packages = ("dbt-core", "dbt-duckdb", "duckdb")
    content = {
        "checksum": inputs,
        "variables": dict(variables),
        "versions": {package: importlib.metadata.version(package) for package in packages},
        "nodes": Counter(result.node.resource_type.value for result in outcome.results),
        "seconds": {kind: round(spent, 1) for kind, spent in seconds.items()},
        "seconds_in_all": round(outcome.seconds, 1),
    }
    (root / RECORD).write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")


def build(root: Path, select: Sequence[str] = (), variables: Mapping[str, int] | None = None) -> Outcome:
    """Build everything and publish it if it passed; a selection is only checked, never published."""
    with only_build(root):
        shutil.rmtree((root / BUILDING).parent, ignore_errors=True)
        (root / BUILDING).parent.mkdir(parents=True)
        os.environ["COUNCIL_PRODUCTIVITY_DATABASE"] = str(BUILDING)
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        os.chdir(root)
        inputs = checksum(root, variables)
        selection = ["--select", *select, "--indirect-selection", "buildable"] if select else []
        values = ["--vars", json.dumps(variables)] if variables else []
        outcome = run_dbt(["build", "--profiles-dir", ".", "--project-dir", ".", *selection, *values])
        del os.environ["COUNCIL_PRODUCTIVITY_DATABASE"]
        if outcome.success and not select:
            # The record goes first: without it, or with it gone stale, the next run builds again.
            (root / RECORD).unlink(missing_ok=True)
            write_database(root / BUILDING, root / MARTS)
            (root / BUILDING).replace(root / DATABASE)
            record(root, outcome, inputs, variables or {})
    return outcome
