"""What ``make release`` does, step by step, and how a release is published in one go."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from scripts.build import (
    DATABASE,
    WAREHOUSE,
    AnotherBuildError,
    Outcome,
    build_alone,
    draw_variables,
    only_build,
)
from scripts.checksums import Variables, checksum
from scripts.interruptions import InUseError, no_writer, reason, sync, too_late_to_stop
from scripts.locks import hold
from scripts.marts import MARTS, write_csv, write_database
from scripts.release import bi_model, described, export, interface, notes, results, sbom, signing, spreadsheet
from scripts.release.gates import GateResult, blocking, report, run_gates

ROOT = Path(__file__).resolve().parents[2]
RELEASES = Path("releases")
CURRENT = "current"
UNFINISHED = ".publishing-"
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
PACKAGES = ("dbt-core", "dbt-core-experimental-parser", "dbt-duckdb", "duckdb", "frictionless")
ROWS_VALIDATED = 1000
LICENCES = ("LICENSE", "LICENSE-DATA.md")
TRIED_OUT = ", not the index's own number: a release to try things out with"
# A database file is never the same twice, whatever it holds; its contents are.
CONTENT = "select count(*) || ' ' || coalesce(bit_xor(hash(t)), 0) from {table} as t"


class RefusedError(Exception):
    """No release, and why."""


def git(root: Path, *arguments: str) -> str:
    """What git says, empty outside a repository."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def last_release(root: Path) -> Path | None:
    """The folder of the current release."""
    pointer = root / RELEASES / CURRENT
    return pointer.resolve() if pointer.exists() else None


def standing(root: Path) -> str:
    """What became of the releases in a run that released nothing."""
    last = last_release(root)
    return f"The last release, {last.name}, is as it was." if last else "There is no release yet."


def default_version(root: Path, date: str) -> str:
    """The date of the commit, with a number where that day has a release already."""
    day = date[:10].replace("-", ".") or "undated"
    taken = {path.name for path in (root / RELEASES).glob(f"{day}*")}
    names = [day, *(f"{day}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)


@contextmanager
def only_release(root: Path) -> Iterator[str]:
    """Hold the releases' lock; what a run that was killed left behind is cleared away.

    Yields:
        The release that such a run had finished but for turning the pointer, which is turned now.
    """
    (root / RELEASES).mkdir(exist_ok=True)
    refusal = RefusedError(
        "Another release is being made in this folder. Wait until it has ended and try again. "
        f"{standing(root)}"
    )
    with hold(root / RELEASES / ".lock", refusal):
        finished = ""
        pointer = root / RELEASES / f"{UNFINISHED}{CURRENT}"
        if pointer.exists():
            finished = pointer.resolve().name
            pointer.replace(root / RELEASES / CURRENT)
            sync(root / RELEASES)
        pointer.unlink(missing_ok=True)
        for left in (root / RELEASES).glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield finished


def turn(releases: Path, version: str) -> None:
    """Have the pointer point to a release."""
    pointer = releases / f"{UNFINISHED}{CURRENT}"
    pointer.symlink_to(version)
    pointer.replace(releases / CURRENT)
    sync(releases)


def publish(stage: Path, releases: Path, version: str) -> Path:
    """Give a whole release its name, then turn the pointer; each is one step that is done or not."""
    for path in sorted(stage.rglob("*"), reverse=True):
        sync(path)
    sync(stage)
    target = releases / version
    if target.exists():
        raise RefusedError(f"There is a release {version} already, and a release is never replaced.")
    with too_late_to_stop():
        # The new pointer goes first: a run killed before it is turned is finished by the next.
        pointer = releases / f"{UNFINISHED}{CURRENT}"
        pointer.symlink_to(version)
        sync(releases)
        stage.rename(target)
        sync(releases)
        pointer.replace(releases / CURRENT)
        sync(releases)
    return target


def test_counts(outcome: Outcome) -> dict[str, int]:
    """Tests of the build by how they ended."""
    tested = [found for found in outcome.results if found.node.resource_type.value in ("test", "unit_test")]
    return dict(Counter(results.STATUSES.get(str(found.status), str(found.status)) for found in tested))


def manifest(stage: Path, database: Path, facts: dict[str, object]) -> None:
    """Write what the release holds and what it was made of, then the checksums of every file."""
    files = sorted(path for path in stage.rglob("*") if path.is_file() and path.suffix != ".duckdb")
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where schema_name in ('marts', 'quality', 'seeds') and not temporary order by 1"
        ).fetchall()
        contents = {
            table: connection.execute(CONTENT.format(table=table)).fetchall()[0][0] for (table,) in tables
        }
    content = facts | {
        "database": {"path": database.name, "rows_and_hash_by_table": contents},
        "files": {
            path.relative_to(stage).as_posix(): {"bytes": path.stat().st_size, "sha256": export.sha256(path)}
            for path in files
        },
    }
    text = json.dumps(content, indent=2, sort_keys=True) + "\n"
    (stage / "manifest.json").write_text(text, encoding="utf-8")
    listed = sorted(path for path in stage.rglob("*") if path.is_file())
    sums = [f"{export.sha256(path)}  {path.relative_to(stage).as_posix()}" for path in listed]
    (stage / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


def validated(folder: Path) -> None:
    """Have Frictionless check the package and the first rows of every table in it."""
    import frictionless

    found = frictionless.validate(str(folder / "datapackage.json"), limit_rows=ROWS_VALIDATED)
    if not found.valid:
        faults = [": ".join(str(part) for part in fault) for fault in found.flatten(["title", "message"])]
        raise RefusedError("The data package does not validate:\n" + "\n".join(sorted(set(faults))[:20]))


def store_findings(database: Path, root: Path) -> None:
    """Keep what the gates found where the build is, also when nothing is released."""
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in ("gate_result", "gate_failure"):
            write_csv(
                connection, f"select * from quality.{table} order by all", root / WAREHOUSE / f"{table}.csv"
            )


def staged(
    stage: Path,
    database: Path,
    before: Path | None,
    outcome: Outcome,
    gates: Sequence[GateResult],
    facts: dict[str, str],
    made_of: dict[str, object],
    key: Path | None = None,
) -> None:
    """Write every file of a release into a folder of its own, and sign its checksums if there is a key."""
    tables = export.export(database, stage)
    spreadsheet.write(database, stage, tables, facts["Version"])
    write_database(database, stage / MARTS.name)
    notes.write(stage, database, before, gates, test_counts(outcome), facts)
    export.data_package(database, stage, tables, facts["Version"], facts["Date"])
    described.write(stage)
    if (stage / interface.RELEASED[interface.TABLES]).exists():
        bi_model.write(stage, ROOT)
    validated(stage)
    sbom.write(ROOT, stage, facts["Version"], facts["Date"])
    for name in LICENCES:
        shutil.copyfile(ROOT / name, stage / name)
    manifest(stage, database, made_of)
    if key:
        signing.sign(stage, key)


def made_of(
    version: str, commit: str, inputs: str, variables: Variables, database: Path
) -> dict[str, object]:
    """What a release was made of, for its manifest."""
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "select max(method_version::integer)::varchar from seeds.goalposts"
        ((method_version,),) = connection.execute(query).fetchall()
        ((draws,),) = connection.execute("select max(draws) from marts.fct_rank_band").fetchall()
    return {
        "version": version,
        "commit": commit,
        "inputs_sha256": inputs,
        "variables": dict(variables),
        "method_version": method_version,
        "draws": draws,
        "tools": {package: importlib.metadata.version(package) for package in PACKAGES}
        | {"python": platform.python_version()},
    }


def last_schema(last: Path | None) -> str:
    """The version of the last release's interface, empty where it does not say."""
    path = last / "manifest.json" if last else None
    told = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
    return str(told.get("schema_version", ""))


def make(
    root: Path,
    version: str = "",
    uncommitted: bool = False,
    draws: int | None = None,
    builder: Callable[..., Outcome] = build_alone,
) -> int:
    """Build into a new database, run the gates, compare with the last release and publish."""
    from scripts.index import print_outcome

    # In UTC, so that the same commit gives the same notes everywhere.
    commit = git(root, "rev-parse", "HEAD")
    date = git(root, "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ")
    changed = [line[3:] for line in git(root, "status", "--porcelain").splitlines()]
    if changed and not uncommitted:
        raise RefusedError(
            f"{len(changed)} files differ from the commit, {changed[0]} among them: nobody could "
            "make the release again. Commit them first, or say --uncommitted."
        )
    if changed:
        commit += " with uncommitted changes"
    variables = draw_variables(draws)
    try:
        key = signing.chosen_key()
    except signing.SigningError as error:
        raise RefusedError(f"{error} Nothing was released. {standing(root)}") from error
    started = time.monotonic()
    with only_release(root) as finished:
        last, stands = last_release(root), standing(root)
        if finished:
            print(f"Release {finished} was whole when its run was killed: releases/current points to it now.")
            told = json.loads((root / RELEASES / finished / "manifest.json").read_text(encoding="utf-8"))
            if version == finished or (not version and told["commit"] == commit):
                return 0
        version = version or default_version(root, date)
        if not VERSION.fullmatch(version) or version == CURRENT:
            raise RefusedError(
                f"{version!r} cannot name a release: letters, digits, dots and hyphens, as 2026.1."
            )
        if (root / RELEASES / version).exists():
            raise RefusedError(f"There is a release {version} already, and a release is never replaced.")
        print(f"Building release {version}: reading the project ...", flush=True)
        stage = root / RELEASES / f"{UNFINISHED}{version}"
        inputs = checksum(root, variables)
        try:
            database = stage / DATABASE.name
            # One lock over both: no other build puts its database in between.
            with only_build(root):
                outcome = builder(root, (), variables)
                print_outcome(outcome, root)
                if not outcome.success:
                    raise RefusedError(f"Nothing was released. {stands}")
                stage.mkdir()
                with no_writer(root / DATABASE):
                    shutil.copyfile(root / DATABASE, database)
            interface.carry(root, stage)
            before = last / DATABASE.name if last else None
            gates = run_gates(database, before, folder=root / "gates")
            results.write(database, outcome, gates, root)
            store_findings(database, root)
            print(report(gates), flush=True)
            if blocking(gates):
                failed = ", ".join(found.gate for found in blocking(gates))
                raise RefusedError(f"\nNothing was released, because of {failed}. {stands}")
            if checksum(root, variables) != inputs:
                raise RefusedError(f"Files changed while they were built: nothing was released. {stands}")
            made = made_of(version, commit, inputs, variables, database)
            made["schema_version"] = interface.schema_version(last_schema(last), database, before)
            facts = {
                "Version": version,
                "Date": date,
                "Commit": commit,
                "Compared with": f"release {last.name}" if last else "",
                "Method version": str(made["method_version"]),
                "Schema version": str(made["schema_version"]),
                "Draws of the rank bands": f"{made['draws']:,}{TRIED_OUT if draws else ''}",
                "Inputs (SHA-256)": str(made["inputs_sha256"]),
            }
            staged(stage, database, before, outcome, gates, facts, made, key)
            target = publish(stage, root / RELEASES, version)
        except interface.InterfaceError as error:
            raise RefusedError(f"Nothing was released. {error} {stands}") from error
        except (AnotherBuildError, InUseError) as error:
            raise RefusedError(f"{error} {stands}") from error
        except signing.SigningError as error:
            raise RefusedError(f"{error} Nothing was released. {stands}") from error
        except (OSError, duckdb.Error) as error:
            said = reason(error, root / RELEASES) or f"{error}."
            raise RefusedError(f"Nothing was released. {said} {stands}") from error
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    minutes = time.monotonic() - started
    print(f"\nReleased {target.relative_to(root)} in {minutes:.0f} seconds. Read its RELEASE_NOTES.md.")
    return 0
