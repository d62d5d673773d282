"""Build the project on a PostgreSQL server of its own and compare its marts with DuckDB's.

    python -m scripts.proofs.engines.postgres [--draws N]

Everything is built: seeds, models, data tests and unit tests. Then every value of every mart is compared, and
what the role for BI tools may read and the queries of docs/postgres.md are tried, whatever the tests said.
The server and its files are gone afterwards; the exit status is 1 if anything failed or differs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from scripts.build import draw_variables, number_of_draws
from scripts.index import ROOT
from scripts.proofs.engines.cluster import BUILDER, READER, Cluster, NoServerError, query, running
from scripts.proofs.engines.compare import (
    Comparison,
    NoReferenceError,
    compare,
    keys_of_marts,
    quoted,
    reference,
    table,
)
from scripts.proofs.engines.reader import guide_queries, reader_faults, relations, tool_faults

DBT = Path(".venvs") / "postgres" / "bin" / "dbt"
TARGET = Path("target") / "postgres"
FINISHED = re.compile(r" (\d+) of (\d+) (?!START)[A-Z]")
BROKEN = {"error", "fail", "runtime error"}
SIZE = "select pg_database_size(current_database()) / 1000000 as megabytes"
# What a mart's contract may hold, in DuckDB's words; any other type is kept as text and then differs.
TYPES = {
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "double precision": "DOUBLE",
    "text": "VARCHAR",
}


@dataclass
class Build:
    """What `dbt build` did on the server."""

    success: bool
    seconds: float
    statuses: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def build(
    cluster: Cluster, draws: int | None = None, root: Path = ROOT, selection: Sequence[str] = ()
) -> Build:
    """Run `dbt build --target postgres`, saying at every quarter how far it has got."""
    variables = json.dumps(draw_variables(draws))
    command = [
        *(str(root / DBT), "--no-use-colors", "build", "--target", "postgres", "--profiles-dir", "."),
        *("--target-path", str(TARGET), "--log-path", str(TARGET), "--vars", variables, *selection),
    ]
    (root / TARGET / "run_results.json").unlink(missing_ok=True)
    started = time.monotonic()
    said, output = 0, []
    with subprocess.Popen(
        command, cwd=root, env=os.environ | cluster.environment(), stdout=subprocess.PIPE, text=True
    ) as dbt:
        for line in dbt.stdout or ():
            output.append(line)
            if finished := FINISHED.search(line):
                done, total = map(int, finished.groups())
                if (quarter := 4 * done // total) > said:
                    said = quarter
                    print(f"{done} of {total} nodes", flush=True)
    seconds = time.monotonic() - started
    if not (root / TARGET / "run_results.json").exists():
        return Build(False, seconds, broken=["".join(output)])
    results = json.loads((root / TARGET / "run_results.json").read_text(encoding="utf-8"))["results"]
    broken = [
        f"{result['unique_id']}: {result['status']}\n{textwrap.indent(result['message'], '    ')}"
        for result in results
        if result["status"] in BROKEN
    ]
    return Build(dbt.returncode == 0, seconds, Counter(result["status"] for result in results), broken)


def export(cluster: Cluster, marts: Sequence[str], folder: Path) -> None:
    """Write marts as the server holds them into Parquet, types and nulls included."""
    with duckdb.connect() as connection:
        for mart in marts:
            described = query(
                cluster,
                BUILDER,
                "select column_name, data_type from information_schema.columns "
                f"where table_schema = 'marts' and table_name = '{mart}' order by ordinal_position",
            )
            columns = dict(line.split(",") for line in described.splitlines()[1:])
            if not columns:
                continue
            text = folder / f"{mart}.csv"
            # Quoting every value tells an empty text from a null; numbers come in all their digits.
            answer = query(
                cluster,
                BUILDER,
                f"copy (select * from marts.{quoted(mart)}) to stdout (format csv, header, force_quote *)",
            )
            text.write_text(answer, encoding="utf-8")
            types = ", ".join(f"'{name}': '{TYPES.get(kind, 'VARCHAR')}'" for name, kind in columns.items())
            connection.execute(
                f"copy (from read_csv('{text}', header = true, auto_detect = false, delim = ',', "
                "quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, "
                f"columns = {{{types}}})) to '{folder / f'{mart}.parquet'}' (format parquet)"
            )
            text.unlink()


def compare_with(
    cluster: Cluster, database: Path, root: Path = ROOT, marts: Collection[str] = ()
) -> list[Comparison]:
    """Compare every mart on the server, or those named, with DuckDB's database."""
    keys = keys_of_marts(root / TARGET / "manifest.json")
    keys = {mart: key for mart, key in keys.items() if mart in (marts or keys)}
    with tempfile.TemporaryDirectory() as folder:
        export(cluster, list(keys), Path(folder))
        return compare(database, Path(folder), keys)


def main(arguments: Sequence[str]) -> int:
    """Build, compare, try; returns the exit status."""
    parser = argparse.ArgumentParser(
        "python -m scripts.proofs.engines.postgres",
        usage=argparse.SUPPRESS,
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--draws", type=number_of_draws, metavar="N", help="draws for the rank bands")
    options = parser.parse_args(arguments)
    # Terminated from outside, the server still has to be stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running() as cluster:
            print(f"PostgreSQL {cluster.version} on port {cluster.port}. Building ...", flush=True)
            done = build(cluster, options.draws)
            counted = ", ".join(f"{number} {status}" for status, number in sorted(done.statuses.items()))
            size = query(cluster, BUILDER, SIZE).splitlines()[1]
            print(f"dbt: {counted} in {done.seconds:.0f} seconds; {size} MB of disk.", flush=True)
            if not done.success:
                print("\n\n".join(done.broken), flush=True)
            if not done.success and not relations(cluster).get("marts"):
                print("\nNo mart was built: nothing to compare.")
                return 1
            comparisons = compare_with(cluster, reference(ROOT, options.draws))
            faults = [*reader_faults(cluster), *tool_faults(cluster)]
    except (NoServerError, NoReferenceError) as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    print(f"\n{table(comparisons)}")
    tools = ", ".join(guide_queries())
    print("\n".join(faults) or f"{READER} reads every mart and nothing else. Queries answered: {tools}.")
    if not done.success:
        print(f"dbt's build failed all the same, {len(done.broken)} times: above.")
    return 1 if not done.success or faults or any(each.differences for each in comparisons) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
