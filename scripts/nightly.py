"""Run what takes too long for a day: Spark, Superset, planted faults at full size, scaling and the rest.

    python -m scripts.nightly [NAME ...]

Each command runs as a person would give it. How each ended is written into docs/nightly.md as it ends, with
the date and the commit, so that a night that is cut short keeps what it has; commands that were not run keep
the row of their last night.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scripts import changed
from scripts.check.parts import Clock
from scripts.index import ROOT

PAGE = Path("docs") / "nightly.md"
HEADER = ("Name", "Command", "What it proves", "Ended", "Minutes", "Processor minutes", "Date", "Commit")
COMMANDS: dict[str, tuple[str, str]] = {
    "spark-tests": (
        ".venv/bin/python -m pytest -q --nightly tests/python/engines/test_spark.py",
        "Macros, contracts, draws and some marts on Spark are DuckDB's",
    ),
    "spark": ("make spark", "Every mart on Spark is DuckDB's, value by value"),
    "numpy": (
        "make .venvs/ibis/.installed && .venv/bin/python -m pytest -q --nightly "
        "tests/python/test_in_numpy.py",
        "Noise, back-test and companion ranking are those of other code, within the error of the draws",
    ),
    "rebuilt": (
        ".venv/bin/python -m pytest -q --nightly tests/python/test_what_if.py tests/python/test_benchmark.py",
        "Models are run again with one number changed, and the smallest case of the benchmark",
    ),
    "plain-dbt": (
        ".venv/bin/python -m pytest -q --nightly tests/python/test_plain_dbt.py",
        "Plain dbt works in a clone, with empty tables and as another's package",
    ),
    "publications": (
        ".venv/bin/python -m pytest -q --nightly tests/python/ingest/test_ingest_shared.py",
        "Committed seeds are, byte for byte, what the publications give (where they are at hand)",
    ),
    "colours": (
        ".venv/bin/python -m pytest -q --nightly tests/python/site/test_other_colours.py",
        "Every kind of page keeps its contrast in dark and in forced colours",
    ),
    "postgres-tests": (
        "make .venvs/postgres/.installed && .venv/bin/python -m pytest -q --nightly "
        "tests/python/engines/test_postgres.py",
        "Every mart on PostgreSQL is DuckDB's with few draws, unit tests too, and its reader sees marts only",
    ),
    "postgres": ("make postgres", "Every mart on PostgreSQL is DuckDB's, with the default number of draws"),
    "clients": ("make clients", "DuckDB 1.2, SQLAlchemy, Ibis and ADBC read every mart"),
    "datasette": ("make datasette", "Datasette serves every mart"),
    "superset": ("make superset", "The dashboard and every mart in Apache Superset"),
    "metrics": ('make metrics QUERY="--saved-query coverage"', "MetricFlow answers a saved query"),
    "docs": ("make docs", "Lineage and columns of every table are drawn"),
    "benchmark": ("make benchmark", "What the rank bands cost"),
    "what-if": ("make what-if", "What spend near the limit and the floor of scores do to ranks and bands"),
    "mutations": ("make mutations", "Which check stops each of 40 slips in code"),
    "planted-faults": ("make planted-faults", "Which check catches each of some 290 faults in figures"),
    "scaling": ("make scaling", "The rank bands at up to a hundred times their size, on two engines"),
}
INTRODUCTION = """# Nightly runs

What takes too long for [`make test-all`](ci.md), each command as it last ran, on two processors.
`make nightly` runs them all and writes this page; `make nightly ONLY="spark superset"` some of them.

"""


def rows_of(page: Path) -> dict[str, list[str]]:
    """The rows of the page as it is, by name."""
    if not page.exists():
        return {}
    lines = [line.strip("| \n").split(" | ") for line in page.read_text(encoding="utf-8").splitlines()]
    return {row[0]: row for row in lines if row[0] in COMMANDS and len(row) == len(HEADER)}


def write_page(page: Path, rows: dict[str, list[str]]) -> None:
    """Write the page: every command, those that never ran with dashes."""
    never = ["not run yet", "–", "–", "–", "–"]
    lines = [HEADER, ("---",) * len(HEADER)]
    for name, (command, proves) in COMMANDS.items():
        ran = rows[name][3:] if name in rows else never
        lines.append((name, f"`{command}`", proves, *ran))
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    page.write_text(INTRODUCTION + table, encoding="utf-8")


def run(name: str, commit: str) -> list[str]:
    """Run one command; returns its row."""
    command, proves = COMMANDS[name]
    print(f"\n{name}: {command}", flush=True)
    clock = Clock(resource.RUSAGE_CHILDREN)
    status = subprocess.run(command, shell=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    part = clock.part(name)
    processor = f"{(part.processor or 0) / 60:.1f}"
    ended = "passed" if status == 0 else f"failed ({status})"
    minutes = f"{part.seconds / 60:.1f}"
    return [name, f"`{command}`", proves, ended, minutes, processor, str(date.today()), commit]


def main(arguments: Sequence[str]) -> int:
    """Run the commands, whichever fail; returns the process's exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m scripts.nightly", description=__doc__, formatter_class=layout)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(COMMANDS)}")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in COMMANDS]:
        print(f"No nightly run is called {', '.join(unknown)}. There are: {', '.join(COMMANDS)}.")
        return 2
    commit = changed.git(ROOT, "rev-parse", "--short=9", "HEAD").decode().strip()
    if {*changed.changed_files(ROOT, "HEAD")} - {str(PAGE)}:
        commit += " and changes"
    rows = rows_of(ROOT / PAGE)
    ended = []
    for name in options.names or COMMANDS:
        rows[name] = run(name, commit)
        ended.append(rows[name][3])
        write_page(ROOT / PAGE, rows)
    failed = sum(each != "passed" for each in ended)
    print(f"\n{PAGE} is written. {len(ended) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except changed.NoBaseError as error:
        raise SystemExit(f"The page names the commit that ran: {error}.") from error
