"""One checksum over everything that decides what a build produces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDERS = ("analyses", "macros", "models", "seeds", "tests")
FILES = ("dbt_project.yml", "profiles.yml", "requirements.lock")
# dbt reads these and nothing else from its folders; pytest's own files decide no figure.
SUFFIXES = {".csv", ".md", ".sql", ".yaml", ".yml"}
# A DuckDB file begins with a header of its own and two of what it holds: each change counts up one of those.
DATABASE_HEADERS = 3 * 4096


def inputs(root: Path) -> Iterator[Path]:
    """Every file a build depends on, in an order that does not depend on the file system."""
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in SUFFIXES]
    found += [root / name for name in FILES if (root / name).exists()]
    return iter(sorted(found))


def checksum(root: Path, variables: Mapping[str, int] | None = None) -> str:
    """SHA-256 over the paths and contents of the build's inputs, and the variables given to it."""
    total = hashlib.sha256()
    for path in inputs(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    for name, value in sorted((variables or {}).items()):
        total.update(f"{name}={value}\n".encode())
    return total.hexdigest()


def state(database: Path) -> str:
    """What tells a DuckDB file from the same file before a change; a copy has the same."""
    with database.open("rb") as file:
        return hashlib.sha256(file.read(DATABASE_HEADERS)).hexdigest()
