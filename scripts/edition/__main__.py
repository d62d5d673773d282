"""What is missing or has to be decided for an edition of the index, all at once and without a build.

    python -m scripts.edition 2024-25 [--seeds DIR]

Every check is a file of SQL in ``checks``, run over the seeds as text: its first comment says why, its rows
are what is missing. ``shared`` holds what several checks read. Exits with 0 where nothing is missing, with 1
where something is, and with 2 where there is nothing to check.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from scripts.marts import quoted
from scripts.tables import aligned

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
QUERIES = Path(__file__).resolve().parent
# Each reads those before it.
SHARED = (
    "asked",
    "live",
    "printed",
    "held",
    "publications_held",
    "measure_states",
    "spend_states",
    "needed",
    "unresolved",
)
# What the method asks of a lens, as dbt has it.
VARIABLES = (
    "lens_minimum_active_measures",
    "lens_minimum_domain_share",
    "measure_minimum_coverage",
    "method_version",
)
# The form is stated: guessed, it takes twice as long, and goes wrong where a quote comes late in a seed.
AS_TEXT = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
HEADER = ("Where", "Which", "Now", "To do or decide")
WIDTH = 118
# No line is cut: what is to do stands at its end.
WIDEST = 300


class EditionError(Exception):
    """There is nothing to check, and why."""


@dataclass(frozen=True)
class Missing:
    """What one check found: why it is needed, and a row each of where, which, now and to do."""

    check: str
    why: str
    rows: tuple[tuple[str, ...], ...]


def edition(text: str) -> str:
    """The label of an edition.

    Raises:
        EditionError: It is none.
    """
    found = re.fullmatch(r"20(\d\d)-(\d\d)", text)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        raise EditionError(f"{text!r} is no edition: name a financial year, as 2024-25.")
    return text


def first_line(error: duckdb.Error) -> str:
    """What an error says first."""
    return str(error).strip().splitlines()[0]


def query(name: str) -> str:
    """The SQL of a file of this folder."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def reason(sql: str) -> str:
    """The first comment of a query."""
    lines = sql.splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return " ".join(line.removeprefix("--").strip() for line in lines[:end])


@contextmanager
def seeds_loaded(seeds: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which every seed is a table of text.

    Raises:
        EditionError: There are no seeds, or one cannot be read.
    """
    paths = sorted(seeds.glob("*/*.csv"))
    if not paths:
        raise EditionError(f"There are no seeds in {seeds}.")
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    with duckdb.connect() as connection:
        for path in paths:
            try:
                connection.execute(f'create table "{path.stem}" as from read_csv({quoted(path)}, {AS_TEXT})')
            except duckdb.Error as error:
                raise EditionError(f"{path} cannot be read: {first_line(error)}") from error
        for name in VARIABLES:
            connection.execute(f"set variable {name} = {variables[name]}")
        connection.execute(query("shared/macros"))
        yield connection


def ask(connection: duckdb.DuckDBPyConnection, label: str) -> None:
    """Have what several checks read ready for one edition."""
    connection.execute("set variable edition = ?", [label])
    for name in SHARED:
        connection.execute(f"create or replace table {name} as {query(f'shared/{name}')}")


def missing(connection: duckdb.DuckDBPyConnection) -> list[Missing]:
    """What each check finds, in the order of the steps; those that find nothing are left out."""
    found = []
    for path in sorted((QUERIES / "checks").glob("*.sql")):
        sql = query(f"checks/{path.stem}")
        if rows := connection.execute(sql).fetchall():
            found.append(Missing(path.stem, reason(sql), tuple(rows)))
    return found


def table(found: Sequence[Missing]) -> str:
    """One table of all rows, the reason over those of each check."""
    rows = [row for each in found for row in each.rows]
    header, *lines = aligned(HEADER, rows, widest=WIDEST).splitlines()
    parts = [header]
    for each in found:
        why = textwrap.fill(each.why, WIDTH, initial_indent="    ", subsequent_indent="    ")
        parts += ["", why, *lines[: len(each.rows)]]
        lines = lines[len(each.rows) :]
    return "\n".join(parts)


def lenses(connection: duckdb.DuckDBPyConnection) -> str:
    """The lenses and modules of the edition, as text."""
    cursor = connection.execute(query("lenses"))
    header = [column[0] for column in cursor.description]
    return aligned(header, cursor.fetchall(), header[1:-1])


def told(label: str, found: Sequence[Missing], standing: str) -> str:
    """What is printed."""
    count = sum(len(each.rows) for each in found)
    what = f"{count} {'thing is' if count == 1 else 'things are'} missing or to be decided"
    head = f"{label} as an edition of the index: {what if count else 'nothing is missing'}."
    return "\n\n".join([head, *([table(found)] if found else []), standing])


def main(arguments: Sequence[str]) -> int:
    """Print what is missing for one edition; returns the exit status."""
    parser = argparse.ArgumentParser("python -m scripts.edition", description=__doc__.split("\n")[0])
    parser.add_argument("edition", help="a financial year, as 2024-25")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of seeds")
    options = parser.parse_args(arguments)
    try:
        label = edition(options.edition)
        with seeds_loaded(options.seeds) as connection:
            ask(connection, label)
            found, standing = missing(connection), lenses(connection)
    except EditionError as error:
        print(error)
        return 2
    except duckdb.Error as error:
        print(f"A seed is not as it should be, and make index says which row: {first_line(error)}")
        return 2
    print(told(label, found, standing))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
