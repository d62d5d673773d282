"""Build and test what a change can have changed: the nodes that differ from a base, and what depends on them.

    python -m scripts.changed [BASE]

The base is the commit where this branch left BASE, ``main`` if none is named; dbt compares its project with
that of the working tree. If ``warehouse/council_productivity.duckdb`` was built from the base, what differs
is built into a copy of it, where all else stands already; otherwise what it is computed from is built first.
Nothing is published, unless the change is one that dbt's comparison does not see: then everything is built.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from scripts import index
from scripts.build import DATABASE, AnotherBuildError, Outcome, build, last_record, run_dbt
from scripts.checksums import checksum

BASE = Path("target") / "base"
# Nodes do not name these, so that dbt's comparison leaves out what they decide: variables, the database's
# settings, the tools, and the macros by which dbt names schemas and loads seeds.
UNSEEN = ("dbt_project.yml", "profiles.yml", "requirements.lock", "macros/project/")
# A table of what the project declares of its marts reads dbt's graph, which is nobody's parent.
READS_GRAPH = "tag:reads_graph"
# dbt would compare seeds of more than 1 MiB by their path alone.
WHOLE_SEEDS = ("--maximum-seed-size-mib", "0")
NAMED = 12


class NoBaseError(Exception):
    """There is nothing to compare with, and why."""


def git(root: Path, *arguments: str) -> bytes:
    """What git answers."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise NoBaseError("git is not installed") from error
    except subprocess.CalledProcessError as error:
        raise NoBaseError(error.stderr.decode().strip() or f"git {arguments[0]} failed") from error


def merge_base(root: Path, base: str) -> str:
    """The commit where this branch left the base, by its own name or the remote's."""
    for name in (base, f"origin/{base}"):
        try:
            return git(root, "merge-base", name, "HEAD").decode().strip()
        except NoBaseError as error:
            reason = error
    raise NoBaseError(f"{base} and this branch share no commit ({reason}); fetch {base} with its history")


def names(listed: bytes) -> list[str]:
    """File names out of git's list."""
    return sorted({name.decode() for name in listed.split(b"\0") if name})


def known_files(root: Path) -> list[str]:
    """Every file of the project, new ones among them."""
    return names(git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z"))


def changed_files(root: Path, commit: str) -> list[str]:
    """Files that differ from a commit, new and deleted ones among them."""
    tracked = git(root, "diff", "--name-only", "--no-renames", "-z", commit)
    return names(tracked + git(root, "ls-files", "--others", "--exclude-standard", "-z"))


def since_server(root: Path, base: str = "main") -> list[str] | None:
    """Files that are not as the server's main has them; nothing where there is no server."""
    try:
        return changed_files(root, merge_base(root, f"origin/{base}"))
    except NoBaseError:
        return None


def project_at(root: Path, commit: str) -> Path:
    """The project as it was at a commit, in a folder of its own."""
    folder = root / BASE / "project"
    shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(git(root, "archive", commit))) as files:
        files.extractall(folder, filter="data")
    return folder


def built_from(root: Path, project: Path) -> dict[str, int] | None:
    """The variables with which the published database was built from a project, if it was."""
    record = last_record(root)
    variables: dict[str, int] = record.get("variables", {})
    return variables if record.get("checksum") == checksum(project, variables) else None


def state_of(root: Path, project: Path, variables: dict[str, int]) -> Path | None:
    """The folder with dbt's manifest of a project, kept for the next time; none if dbt cannot read it."""
    folder = root / BASE / checksum(project, variables)
    if not (folder / "manifest.json").exists():
        where = ["--project-dir", str(project), "--profiles-dir", str(project), "--target-path", str(folder)]
        if not run_dbt(["parse", *where, *WHOLE_SEEDS, "--vars", json.dumps(variables)]).success:
            shutil.rmtree(folder, ignore_errors=True)
            return None
    for other in (root / BASE).iterdir():
        if other not in (project, folder):
            shutil.rmtree(other)
    return folder


def named(found: Sequence[str]) -> str:
    """The first of some names and how many more there are."""
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return ", ".join(found[:NAMED]) + more


def build_everything(root: Path, reason: str) -> tuple[int, Outcome | None]:
    """Build it all, and say why."""
    print(f"{reason}: everything is built.", flush=True)
    return index.run(["--force", "--unit-tests"], root)


def run(root: Path, base: str) -> tuple[int, Outcome | None]:
    """Build what differs from a base; returns the exit status and what the build did, if there was one."""
    commit = merge_base(root, base)
    where = f"{base} ({commit[:9]})"
    if unseen := [name for name in changed_files(root, commit) if name.startswith(UNSEEN)]:
        return build_everything(root, f"{named(unseen)} differ from {where}, and any node may depend on that")
    project = project_at(root, commit)
    if checksum(project) == checksum(root):
        print(f"Nothing that dbt reads differs from {where}: nothing to build.")
        return 0, None
    if built_from(root, root) is not None and last_record(root).get("unit_tested"):
        print(f"{DATABASE} was built from exactly this and passed: nothing to build.")
        return 0, None
    variables = built_from(root, project)
    state = state_of(root, project, variables or {})
    if state is None:
        return build_everything(root, f"dbt cannot read the project of {where}")
    compared = ["--state", str(state), *WHOLE_SEEDS]
    listing = ["--no-print", "ls", "--project-dir", ".", "--profiles-dir", ".", "--output", "name", *compared]
    modified = ["--select", "state:modified", "--indirect-selection", "empty"]
    found = run_dbt([*listing, *modified, "--vars", json.dumps(variables or {})])
    print(f"Differs from {where}: {named(found.listed) or 'nothing that dbt builds'}.")
    select, options = ["state:modified+", READS_GRAPH], compared
    if variables is None:
        print(f"{DATABASE} is not that of {where}: what the changed nodes are computed from is built first.")
        select += [f"@state:modified,resource_type:{kind}" for kind in ("model", "seed")]
        # What is only built to compute from is main's, and tested there.
        options = [*compared, "--indirect-selection", "empty"]
    print("Building what differs and what depends on it ...", flush=True)
    try:
        upon = DATABASE if variables is not None else None
        outcome = build(root, select, variables, options, upon)
    except AnotherBuildError:
        print("Another build is running in this folder. Wait until it has ended and try again.")
        return 1, None
    index.print_outcome(outcome, root)
    return (0 if outcome.success else 1), outcome


if __name__ == "__main__":
    try:
        raise SystemExit(run(index.ROOT, *(sys.argv[1:] or ["main"]))[0])
    except NoBaseError as error:
        raise SystemExit(f"Nothing to compare with: {error}.") from error
