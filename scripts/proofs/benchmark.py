"""Measure what the rank bands cost: CPU seconds and peak memory, and how both grow.

    python -m scripts.proofs.benchmark [--runs N] [--most DRAWS] [--report PAGE]

The band job is every model of ``draws`` and ``noise`` in ``models/intermediate`` that ``marts.fct_rank_band``
needs, from the graded measures to the bands of every lens and overall, and the bands themselves. dbt compiles
it once for each number of draws; every run is a process of its own that executes the compiled SQL with two
threads on a small database, cut from the published one to the editions wanted. Medians of the runs after one
that is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "warehouse" / "council_productivity.duckdb"
BANDS = "model.council_productivity.fct_rank_band"
BESIDE = "model.council_productivity.fct_neighbour_probability"
FOLDERS = ("models/intermediate/draws/", "models/intermediate/noise/")
# The number of draws of each scenario is part of its SQL.
SCENARIOS = "model.council_productivity.stg_register__scenarios"
# The mean spend of three years looks back at the editions before, whichever are measured.
LOOKS_BACK = "int_spend__indexed"
ONE = "2019-20"
FOUR = ("2016-17", "2017-18", "2018-19", ONE)
# One edition more than are held: that of 2019-20 again, under a label of its own.
COPY = "2029-30"
MEMORY_LIMIT = "4GB"
THREADS = 2
MIB = 1024

Node = Mapping[str, Any]


@dataclass
class Case:
    """What is measured: a model with what it needs, for so many draws of these editions."""

    draws: int
    editions: Sequence[str]
    effect_draws: int = 0
    target: str = BANDS
    name: str = "bands"
    seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    rows: int = 0

    def line(self) -> list[str]:
        """The case's line of the table."""
        seconds, draws = median(self.seconds), self.draws * len(self.editions) / 1000
        return [
            self.name,
            f"{self.draws:,}",
            str(len(self.editions)),
            f"{seconds:.1f}",
            f"{median(self.mebibytes):,.0f}",
            f"{seconds / draws:.1f}",
        ]


def compiled(database: Path, folder: Path, draws: int, effect_draws: int) -> Mapping[str, Node]:
    """SQL as dbt compiles it, of every model, for this number of draws."""
    target = folder / f"target_{draws}_{effect_draws}"
    variables = json.dumps({"draws": draws, "effect_draws": effect_draws})
    where = ["--profiles-dir", ".", "--target-path", str(target), "--log-path", str(folder)]
    command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "compile", *where]
    wanted = ["--select", *(f"+{name.split('.')[-1]}" for name in (BANDS, BESIDE)), "--vars", variables]
    environment = os.environ | {
        "COUNCIL_PRODUCTIVITY_DATABASE": str(database),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    # Of a single model dbt prints the SQL, too.
    subprocess.run([*command, *wanted], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    nodes: Mapping[str, Node] = json.loads((target / "manifest.json").read_text())["nodes"]
    return nodes


def in_order(nodes: Mapping[str, Node], target: str) -> list[str]:
    """The target and what it needs of the band job, parents first."""
    order: list[str] = []

    def visit(name: str) -> None:
        node = nodes.get(name)
        if node is None or name in order:
            return
        if name in (BANDS, BESIDE, SCENARIOS) or node["original_file_path"].startswith(FOLDERS):
            for parent in node["depends_on"]["nodes"]:
                visit(parent)
            order.append(name)

    visit(target)
    return order


def relation(node: Node) -> str:
    """Schema and name of a node's table."""
    return f"{node['schema']}.{node['name']}"


def cut(published: Path, into: Path, parents: Iterable[Node], editions: Sequence[str]) -> None:
    """A database with what the job reads from outside itself, of the editions wanted."""
    into.parent.mkdir()
    wanted = ", ".join(f"'{edition}'" for edition in editions)
    with duckdb.connect(str(into)) as connection:
        connection.execute(f"attach '{published}' as published (read_only)")
        for node in parents:
            # A view of staging names its own catalogue, which is the published one's here, too.
            source, name = f"published.{relation(node)}", relation(node)
            connection.execute(f"create schema if not exists {node['schema']}")
            columns = [row[0] for row in connection.execute(f"describe {source}").fetchall()]
            per_edition = "edition" in columns
            kept = f" where edition in ({wanted})" if per_edition and node["name"] != LOOKS_BACK else ""
            connection.execute(f"create table {name} as select * from {source}{kept}")
            if per_edition and COPY in editions:
                again = f"select * replace ('{COPY}' as edition) from {source} where edition = '{ONE}'"
                connection.execute(f"insert into {name} {again}")


def execute(database: Path, steps: Sequence[Sequence[str]]) -> None:
    """One run, in a process of its own: print CPU seconds, KiB at the peak and the rows of the last table."""
    configuration: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(database.parent / "spill"),
    }
    with duckdb.connect(str(database), config=configuration) as connection:
        before = resource.getrusage(resource.RUSAGE_SELF)
        for kind, name, sql in steps:
            connection.execute(f"create schema if not exists {name.split('.')[0]}")
            connection.execute(f"create {kind} {name} as {sql}")
        after = resource.getrusage(resource.RUSAGE_SELF)
        rows = connection.execute(f"select count(*) from {steps[-1][1]}").fetchall()[0][0]
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([seconds, after.ru_maxrss, rows]))


def measure(case: Case, nodes: Mapping[str, Node], published: Path, folder: Path, runs: int) -> None:
    """Run a case, the first time uncounted, each in a fresh process on a fresh copy."""
    job = in_order(nodes, case.target)
    done = in_order(nodes, BANDS) if case.target != BANDS else []
    inside = {*job, *done}
    names = {parent for name in inside for parent in nodes[name]["depends_on"]["nodes"]} - inside
    base = folder / "base" / published.name
    cut(published, base, [nodes[name] for name in sorted(names) if name in nodes], case.editions)

    def steps(models: Iterable[str]) -> list[list[str]]:
        kinds = {name: nodes[name]["config"]["materialized"] for name in models}
        return [[kind, relation(nodes[name]), nodes[name]["compiled_code"]] for name, kind in kinds.items()]

    if done:
        process(base, steps(done))
    for run in range(runs + 1):
        copy = folder / "run" / published.name
        copy.parent.mkdir()
        shutil.copy(base, copy)
        seconds, kibibytes, case.rows = process(copy, steps(name for name in job if name not in done))
        shutil.rmtree(copy.parent)
        if run:
            case.seconds.append(seconds)
            case.mebibytes.append(kibibytes / MIB)
    shutil.rmtree(base.parent)


def process(database: Path, steps: Sequence[Sequence[str]]) -> tuple[float, int, int]:
    """Have a process of its own execute the steps; its CPU seconds, KiB and rows."""
    command = [sys.executable, "-m", "scripts.proofs.benchmark", "--database", str(database), "--execute"]
    answer = subprocess.run(
        command, input=json.dumps(steps), stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    seconds, kibibytes, rows = json.loads(answer.stdout)
    return seconds, kibibytes, rows


def cases(held: Sequence[str], most: int) -> list[Case]:
    """What is measured, the target's case first."""
    wanted = [
        Case(1000, [ONE]),
        Case(100, [ONE]),
        Case(10000, [ONE]),
        Case(1000, FOUR),
        Case(1000, held[-8:]),
        Case(1000, [*held, COPY]),
        Case(1000, [ONE], target=BESIDE, name="neighbours"),
        Case(1000, [ONE], effect_draws=100, name="bands and single choices"),
    ]
    return [case for case in wanted if case.draws <= most]


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    name = "python -m scripts.proofs.benchmark"
    parser = argparse.ArgumentParser(
        name, usage=argparse.SUPPRESS, description=__doc__, formatter_class=layout
    )
    parser.add_argument("--runs", type=int, default=3, help="runs that count (3)")
    parser.add_argument("--most", type=int, default=10000, help="leave out cases of more draws (10000)")
    parser.add_argument("--database", type=Path, default=PUBLISHED, help="a built database to cut from")
    parser.add_argument("--report", type=Path, help="a page whose measured table is replaced")
    parser.add_argument("--execute", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.runs < 1 or not cases([], options.most):
        parser.error("at least one run and 100 draws")
    return options


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns the process's exit status."""
    from scripts.proofs.markdown import measured_table, put_into
    from scripts.tables import aligned

    options = parsed(arguments)
    if options.execute:
        execute(options.database, json.loads(sys.stdin.read()))
        return 0
    if not options.database.exists():
        print(f"{options.database} is missing: build the index first (make index).")
        return 1
    with duckdb.connect(str(options.database), read_only=True) as connection:
        query = "select distinct edition from marts.fct_rank_band order by edition"
        held = [row[0] for row in connection.execute(query).fetchall()]
    measured = cases(held, options.most)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # DuckDB names the catalogue after the file; a copy keeps the published one closed.
        source = folder / "published" / PUBLISHED.name
        source.parent.mkdir()
        shutil.copy(options.database, source)
        sql: dict[tuple[int, int], Mapping[str, Node]] = {}
        for case in measured:
            key = (case.draws, case.effect_draws)
            sql[key] = sql.get(key) or compiled(source, folder, *key)
            print(f"{case.name}: {case.draws:,} draws, {len(case.editions)} editions ...", flush=True)
            measure(case, sql[key], source, folder, options.runs)
    header = ["Job", "Draws", "Editions", "CPU s", "Peak MiB", "CPU s per edition and 1,000 draws"]
    lines = [case.line() for case in measured]
    print("\n" + aligned(header, lines, header[1:]))
    print(f"\n{len(held)} editions are held; the last of {len(held) + 1} is {ONE} again. Two threads.")
    if options.report:
        put_into(options.report, "make benchmark", measured_table(header, lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
