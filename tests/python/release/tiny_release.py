"""Tiny databases by hand: what the gates and the notes read, of seventy made-up councils."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scripts.build import DATABASE, Outcome
from scripts.release.publish import make

HERE = Path(__file__).resolve().parent
# Not .sql: dbt would take every such file below tests for a test of its own.
FIGURES = HERE / "figures.sql.txt"
TABLES = HERE / "tables.sql.txt"
LAST_EDITION = "2019-20"


def database(path: Path, figures: str = "", tables: str = "") -> Path:
    """Make a database; ``figures`` is run before the tables are calculated from them, ``tables`` after."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        for script in (
            FIGURES.read_text(),
            figures,
            TABLES.read_text(),
            tables,
        ):
            connection.execute(script)
    return path


def without_last_edition(path: Path) -> Path:
    """The same country a year earlier."""
    edition = f"where edition = '{LAST_EDITION}'"
    return database(
        path, figures=f"delete from seeds.editions {edition}; delete from seeds.figures {edition};"
    )


def tiny_release(
    project: Path, version: str, figures: str = "", tables: str = "", draws: int | None = None
) -> int:
    """Make a release of the tiny country in a folder, with its figures changed as told."""

    def builder(root: Path, *_: object) -> Outcome:
        (root / DATABASE).unlink(missing_ok=True)
        database(root / DATABASE, figures, tables)
        return Outcome(success=True)

    return make(project, version, draws=draws, builder=builder)


def tiny_pages(database: Path, folder: Path) -> int:
    """The pages of the tiny country: one, the sum of its figures."""
    with duckdb.connect(str(database), read_only=True) as connection:
        (value,) = connection.execute("select sum(value)::decimal(18, 3) from seeds.figures").fetchone()
    folder.mkdir()
    (folder / "index.html").write_text(str(value), encoding="utf-8")
    return 1
