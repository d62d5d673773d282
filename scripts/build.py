"""Run ``dbt build`` into a database of its own and publish it if everything passed."""

from __future__ import annotations

import argparse
import errno
import importlib.metadata
import json
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from scripts.checksums import OWN_REGISTERS, Variables, checksum, state
from scripts.interruptions import log_of, no_writer, sync, too_late_to_stop
from scripts.locks import hold
from scripts.marts import MARTS, write_database
from scripts.progress import NodeCounter, show_progress

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult

WAREHOUSE = Path("warehouse")
DATABASE = WAREHOUSE / "council_productivity.duckdb"
RECORD = WAREHOUSE / "build.json"
# DuckDB names the catalogue after the file, so both files have the same name.
BUILDING = WAREHOUSE / "building" / DATABASE.name
# With fewer, the ends of a band are so rough that a data test can refuse it: of some lens fewer than nine
# published ranks of ten lie inside. So it is with 1 to 10 draws, 20 to 30 and 41 to 43; with 50 to 130, and
# whatever was tried up to 1,000, at least 94 of a hundred do.
LEAST_DRAWS = 50
# Unit tests judge models by rows of their own, whatever the figures: whoever changes a model runs them.
UNIT_TEST = "unit_test"
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", UNIT_TEST)
# What a folder of the user's own registers starts from; each file is there, if only with its header.
OWN_TEMPLATE = Path("templates/own_registers")
OWN_LINK = WAREHOUSE / "own_registers"
OWN_FILES = (
    *("measures", "measure_errors", "measure_evidence", "ranking_measures", "goalposts", "peer_groups"),
    *("peers", "delayed_transfer_expectations", "emergency_admissions"),
)


class AnotherBuildError(Exception):
    """A build is already running in this folder."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Another build is running in this folder. Wait until it has ended and try again.")


@dataclass
class Outcome:
    """What a build did: its results by node, or the error that kept it from starting."""

    success: bool
    results: Sequence[NodeResult] = ()
    error: str = ""
    seconds: float = 0
    listed: Sequence[str] = ()

    def statuses(self) -> Counter[str]:
        """Nodes by dbt's status."""
        return Counter(str(result.status) for result in self.results)


@contextmanager
def only_build(root: Path) -> Iterator[None]:
    """Hold this folder's build lock."""
    (root / WAREHOUSE).mkdir(exist_ok=True)
    with hold(root / WAREHOUSE / ".lock", AnotherBuildError()):
        yield


def number_of_draws(text: str) -> int:
    """A number of draws as the command line has it.

    Raises:
        argparse.ArgumentTypeError: It is none, or too few for bands that mean anything.
    """
    if text.isascii() and text.isdigit() and int(text) >= LEAST_DRAWS:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"{text}: give a whole number, {LEAST_DRAWS} or more; bands of fewer draws are too rough for the "
        "published ranks to lie inside"
    )


def own_folder(text: str) -> Path:
    """A folder of the user's own registers as the command line has it.

    Raises:
        argparse.ArgumentTypeError: It is no folder, or lacks a file: dbt would miss a seed and not say where.
    """
    folder = Path(text).expanduser().resolve()
    names = [f"own_{name}.csv" for name in OWN_FILES]
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"{folder} is no folder; copy {OWN_TEMPLATE} there")
    missing = [name for name in names if not (folder / name).is_file()]
    if not [*folder.glob("*.yml"), *folder.glob("*.yaml")]:
        missing.append("the YAML that types and tests them")
    if missing:
        raise argparse.ArgumentTypeError(f"{folder} lacks {', '.join(missing)}; copy from {OWN_TEMPLATE}")
    return folder


def own_variables(folder: Path | None) -> dict[str, int | str]:
    """Project variables for the registers of a folder."""
    return {OWN_REGISTERS: str(folder)} if folder else {}


def draw_variables(draws: int | None) -> dict[str, int | str]:
    """Project variables for so many draws: a fifth of them for each choice alone, a hundred at most."""
    return {"draws": draws, "effect_draws": min(100, max(1, draws // 5))} if draws else {}


def is_current(root: Path, variables: Variables | None = None) -> bool:
    """Whether the published database was built from exactly today's inputs and these variables."""
    there = (root / MARTS).exists() and (recorded := last_record(root))
    return bool(there and recorded.get("checksum") == checksum(root, variables))


def last_record(root: Path) -> dict[str, Any]:
    """What the published database was built from; empty where another program has changed it since."""
    # A log beside it is such a change, too, not yet in the file.
    if not all((root / path).exists() for path in (DATABASE, RECORD)) or log_of(root / DATABASE).exists():
        return {}
    try:
        found: dict[str, Any] = json.loads((root / RECORD).read_text())
    except json.JSONDecodeError:
        return {}
    return found if found.get("database") == state(root / DATABASE) else {}


def run_dbt(arguments: Sequence[str]) -> Outcome:
    """Run dbt in this process, quietly, and let go of the database."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    started = time.monotonic()
    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
    with show_progress("nodes", quarters=True) as show:
        answer = dbtRunner(callbacks=[NodeCounter(show)]).invoke([*quiet, *arguments])
    # A file still open for writing cannot be opened for reading the rows that failed.
    if DuckDBConnectionManager._ENV:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
    seconds = time.monotonic() - started
    if isinstance(answer.exception, KeyboardInterrupt):
        raise KeyboardInterrupt
    results = getattr(answer.result, "results", ())
    listed = answer.result if isinstance(answer.result, list) else ()
    return Outcome(answer.success, results, str(answer.exception or ""), seconds, listed)


def write_record(
    path: Path, outcome: Outcome, inputs: str, variables: Variables, options: Sequence[str] = ()
) -> None:
    """Write what was built, from what, and where the seconds went."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for result in outcome.results:
        seconds[result.node.resource_type.value] += result.execution_time
    packages = ("dbt-core", "dbt-duckdb", "duckdb")
    content = {
        "checksum": inputs,
        "unit_tested": WITHOUT_UNIT_TESTS[0] not in options,
        "variables": dict(variables),
        "versions": {package: importlib.metadata.version(package) for package in packages},
        "nodes": Counter(result.node.resource_type.value for result in outcome.results),
        "seconds": {kind: round(spent, 1) for kind, spent in seconds.items()},
        "seconds_in_all": round(outcome.seconds, 1),
    }
    path.write_text(json.dumps(content))


def standing(root: Path) -> str:
    """What became of the published database in a run that published nothing."""
    published = (root / DATABASE).exists()
    return "The previous database is unchanged." if published else "No database was published."


def publish(root: Path) -> None:
    """Put the finished build and its record in place of the last ones."""
    # On a full disk DuckDB closes a database without a word, what did not fit left in the log beside it.
    if log_of(root / BUILDING).exists():
        with duckdb.connect(str(root / BUILDING)) as connection:
            connection.execute("checkpoint")
    fresh, marts = ((root / BUILDING).with_name(path.name) for path in (RECORD, MARTS))
    write_database(root / BUILDING, marts)
    content = json.loads(fresh.read_text()) | {"database": state(root / BUILDING)}
    fresh.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")
    for path in (root / BUILDING, marts, fresh):
        sync(path)
    with too_late_to_stop(), no_writer(root / DATABASE):
        # The record goes first: without it, or with it gone stale, the next run builds again.
        (root / RECORD).unlink(missing_ok=True)
        # DuckDB would play a log that a killed program left beside the last database into the new one.
        log_of(root / DATABASE).unlink(missing_ok=True)
        marts.replace(root / MARTS)
        (root / BUILDING).replace(root / DATABASE)
        fresh.replace(root / RECORD)
        sync(root / WAREHOUSE)


def build(
    root: Path,
    select: Sequence[str] = (),
    variables: Variables | None = None,
    options: Sequence[str] = (),
    upon: Path | None = None,
) -> Outcome:
    """Build everything and publish it if it passed; a selection is only checked, never published.

    dbt takes further ``options``; ``upon`` names a database to begin from, of which a copy is built upon.
    """
    with only_build(root):
        return build_alone(root, select, variables, options, upon)


def build_alone(
    root: Path,
    select: Sequence[str] = (),
    variables: Variables | None = None,
    options: Sequence[str] = (),
    upon: Path | None = None,
) -> Outcome:
    """The same for whoever holds the build lock."""
    if not select:
        with no_writer(root / DATABASE):
            pass  # Found out now rather than when everything is built.
        if said := changed_since_read(root):
            return Outcome(success=False, error=said)
    with room_to_build(root):
        if upon:
            shutil.copy(root / upon, root / BUILDING)
        return build_and_publish(root, select, variables or {}, options)


def changed_since_read(root: Path) -> str:
    """What is said of figures that were changed after they were read, with no line that says why."""
    from scripts.ingest import by_hand, carried, seeds

    try:
        carried.check(root / "seeds")
        by_hand.check(root / "seeds")
    except seeds.SeedError as error:
        return str(error)
    return ""


@contextmanager
def room_to_build(root: Path) -> Iterator[None]:
    """An empty folder to build in, which goes again where nothing comes of it."""
    clear(root)
    if (root / BUILDING).parent.exists():
        # Another person's.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root / BUILDING.parent))
    try:
        (root / BUILDING).parent.mkdir(parents=True)
        yield
    except BaseException:
        clear(root)
        raise


def clear(root: Path) -> None:
    """Throw away a build that nobody can use, also to make room again."""
    shutil.rmtree((root / BUILDING).parent, ignore_errors=True)


def for_dbt(root: Path, variables: Variables) -> Variables:
    """The variables as dbt takes them: a folder of the user's own registers by a link in the project.

    dbt would write what it compiles over the files of a folder outside.
    """
    if OWN_REGISTERS not in variables:
        return variables
    (root / OWN_LINK).unlink(missing_ok=True)
    (root / OWN_LINK).symlink_to(str(variables[OWN_REGISTERS]), target_is_directory=True)
    return {**variables, OWN_REGISTERS: str(OWN_LINK)}


def run_on_building(root: Path, command: str, variables: Variables, options: Sequence[str]) -> Outcome:
    """Run a command of dbt on the database in the folder of builds."""
    os.environ["COUNCIL_PRODUCTIVITY_DATABASE"] = str(BUILDING)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    os.chdir(root)
    values = ["--vars", json.dumps(for_dbt(root, variables))] if variables else []
    outcome = run_dbt([command, "--profiles-dir", ".", "--project-dir", ".", *values, *options])
    del os.environ["COUNCIL_PRODUCTIVITY_DATABASE"]
    return outcome


def unit_test(root: Path, variables: Variables | None = None) -> Outcome:
    """Run the unit tests alone, upon a copy of the published database, and keep that they passed."""
    with only_build(root), room_to_build(root):
        shutil.copy(root / DATABASE, root / BUILDING)
        outcome = run_on_building(root, "test", variables or {}, ["--select", "test_type:unit"])
        if outcome.success:
            record = json.loads((root / RECORD).read_text()) | {"unit_tested": True}
            fresh = (root / BUILDING).with_name(RECORD.name)
            fresh.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")
            fresh.replace(root / RECORD)
            clear(root)
    return outcome


def build_and_publish(
    root: Path, select: Sequence[str], variables: Variables, options: Sequence[str]
) -> Outcome:
    """Build in the folder of builds and publish what passed."""
    inputs = checksum(root, variables)
    selection = ["--select", *select, "--indirect-selection", "buildable"] if select else []
    outcome = run_on_building(root, "build", variables, [*selection, *options])
    if outcome.success and not select:
        write_record((root / BUILDING).with_name(RECORD.name), outcome, inputs, variables, options)
        publish(root)
    return outcome
