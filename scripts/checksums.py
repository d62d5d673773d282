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
# dbt's variable that names a folder of the user's own registers.
OWN_REGISTERS = "own_registers"

Variables = Mapping[str, int | str]


def inputs(root: Path) -> Iterator[Path]:
    """Every file a build depends on, in an order that does not depend on the file system."""
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in SUFFIXES]
    found += [root / name for name in FILES if (root / name).exists()]
    return iter(sorted(found))


def own_inputs(variables: Variables) -> list[Path]:
    """Every file of the folder of the user's own registers, where the variables name one."""
    folder = variables.get(OWN_REGISTERS)
    return sorted(path for path in Path(str(folder)).rglob("*") if path.suffix in SUFFIXES) if folder else []


def checksum(root: Path, variables: Variables | None = None) -> str:
    """SHA-256 over the paths and contents of the build's inputs, and the variables given to it."""
    total = hashlib.sha256()
    given = variables or {}
    for path in [*inputs(root), *own_inputs(given)]:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        name = path.relative_to(root) if path.is_relative_to(root) else path
        total.update(f"{name.as_posix()} {content}\n".encode())
    for variable, value in sorted(given.items()):
        total.update(f"{variable}={value}\n".encode())
    return total.hexdigest()


def state(database: Path) -> str:
    """What tells a DuckDB file from the same file before a change; a copy has the same."""
    with database.open("rb") as file:
        return hashlib.sha256(file.read(DATABASE_HEADERS)).hexdigest()
