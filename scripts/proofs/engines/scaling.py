"""How the band job grows on DuckDB and on Spark: the same SQL, ten and a hundred times the input.

    python -m scripts.proofs.engines.scaling [--draws N] [--runs N] [--sizes one ten hundred]

The job is that of ``scripts.proofs.benchmark`` and the rankings before it: from the graded measures to the
rank bands of every lens and overall, as dbt compiles it for each engine. Its inputs are drawn from a built
index with md5 keys, so that every run simulates the same: each simulated edition of a lens is a real one,
each simulated area in it has the figures of a real council that was ranked. Every run is a process of its
own, measured from its start to its end, with two threads; Parquet in, tables out. The bands of both engines
are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import duckdb

from scripts.proofs.benchmark import (
    BANDS,
    FOLDERS,
    MEMORY_LIMIT,
    MIB,
    SCENARIOS,
    THREADS,
    Node,
    in_order,
    relation,
)
from scripts.proofs.engines.compare import compared
from scripts.proofs.markdown import measured_table, put_into
from scripts.tables import aligned

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT / "warehouse" / "council_productivity.duckdb"
INTERPRETERS = {
    "duckdb": ROOT / ".venv" / "bin" / "python",
    "spark": ROOT / ".venvs" / "spark" / "bin" / "python",
}
# What the simulation replaces, and by which of an area's donors: the lens's, or the area's own.
BY_LENS = (
    "int_measures__graded",
    "int_rankings__productivity",
    "int_spend__indexed",
    "int_spend__by_ranking",
)
STATUS = "int_rankings__edition_status"
COUNTED = "int_measures__counted"
LIVE = "int_calendar__live_councils"
DEPRIVATION = "stg_mhclg__deprivation"
# Rankings of the simulated areas are made by the models themselves.
RANKINGS = (
    "int_rankings__ranked",
    "int_rankings__overall_productivity",
    "int_rankings__overall_ranked",
    "int_rankings__published",
)
FIRST_YEAR = 2001
# The line of the page after which the table stands.


@dataclass
class Size:
    """How many areas in how many editions, and what came of them."""

    name: str
    areas: int
    editions: int
    # This many times fewer draws than the others: what it needs beside them outgrows the rest.
    fewer_draws: int = 1
    lens_rows: int = 0


SIZES = {
    # English upper-tier councils in about as many editions as are held.
    "one": Size("one", 150, 8),
    # Every district and unitary council of the UK over twenty editions.
    "ten": Size("ten", 374, 20),
    "hundred": Size("hundred", 3740, 20, fewer_draws=10),
}


@dataclass
class Measured:
    """Runs of one engine on one size."""

    engine: str
    size: Size
    elapsed: list[float] = field(default_factory=list)
    job: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    error: str = ""

    def line(self, draws: int) -> list[str]:
        """The line of the table."""
        rows = self.size.lens_rows * draws
        size = [f"{self.size.areas:,}", str(self.size.editions), str(draws)]
        start = [self.engine, *size, f"{rows / 1e6:,.1f}"]
        if not self.cpu:
            return [*start, *("",) * 4, self.error]
        return [
            *start,
            f"{median(self.elapsed):,.0f}",
            f"{median(self.job):,.0f}",
            f"{median(self.cpu):,.1f}",
            f"{median(self.mebibytes):,.0f}",
            f"{median(self.cpu) / rows * 1e6:,.1f}",
        ]


def compiled(engine: str, database: Path, folder: Path, draws: int) -> Mapping[str, Node]:
    """SQL of the models as dbt compiles it for an engine."""
    target = folder / f"compiled_{engine}_{draws}"
    where = ["--profiles-dir", ".", "--target-path", str(target), "--log-path", str(folder)]
    command = [str(INTERPRETERS[engine]), "-c", "from dbt.cli.main import cli; cli()", "--quiet", "compile"]
    variables = {"draws": draws, "effect_draws": 0}
    job = [*RANKINGS, *(name.split(".")[-1] for name in (SCENARIOS, BANDS))]
    job += [f"path:{each}" for each in FOLDERS]
    wanted = ["--select", *job, "--vars", json.dumps(variables)]
    no_server = ["--no-populate-cache", "--no-introspect"] if engine == "spark" else []
    subprocess.run(
        [*command, *where, "--target", engine, *wanted, *no_server],
        check=True,
        cwd=ROOT,
        env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": str(database)},
        stdout=subprocess.DEVNULL,
    )
    nodes: Mapping[str, Node] = json.loads((target / "manifest.json").read_text())["nodes"]
    return nodes


def steps_of(nodes: Mapping[str, Node]) -> tuple[list[str], list[str]]:
    """Models of the job in order, the rankings first, and the tables that they read from outside."""
    by_name = {node["name"]: name for name, node in nodes.items()}
    job = [by_name[name] for name in RANKINGS]
    job += [name for name in in_order(nodes, BANDS) if name not in job]
    parents = {parent for name in job for parent in nodes[name]["depends_on"]["nodes"]} - set(job)
    return job, sorted(name for name in parents if name in nodes)


def picked(key: str, count: str) -> str:
    """A whole number from 1 to `count` that follows from a key."""
    digits = f"substr(md5('scaling|' || {key}), 1, 8)"
    return f"1 + floor(cast('0x' || {digits} as bigint) / 4294967296.0 * {count})"


def simulate(database: Path, parents: Sequence[Node], size: Size, into: Path) -> None:
    """Write the inputs of the job, a Parquet file for each table that it reads."""
    into.mkdir(parents=True)
    sources = {node["name"]: f"{database.stem}.{relation(node)}" for node in parents}
    with duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY_LIMIT}) as connection:
        # Views of staging name their catalogue, which is called after the file.
        connection.execute(f"attach '{database}' (read_only)")
        scripts = [
            f"""
            create table areas as select 'A' || lpad(number || '', 8, '0') as gss_code, number
            from (select range as number from range(1, {size.areas} + 1))
            """,
            f"""
            create table editions as
            select (year || '-' || lpad(((year + 1) % 100) || '', 2, '0')) as edition
            from (select {FIRST_YEAR} + range as year from range({size.editions}))
            """,
            # Each simulated edition of a lens is a real one, with its measures and weights.
            f"""
            create table lens_editions as
            with held as (
                select ranking_id, edition,
                    row_number() over (partition by ranking_id order by edition) as number,
                    count(*) over (partition by ranking_id) as held
                from {sources[STATUS]} where is_scored
            ), wanted as (
                select editions.edition, ranking_id, max(held) as held,
                    any_value({picked("editions.edition || ranking_id", "held.held")}) as number
                from editions cross join held group by all
            )
            select wanted.edition, ranking_id, held.edition as donor_edition
            from wanted inner join held using (ranking_id, number)
            """,
            # Each simulated area has in it the figures of a real council that was ranked.
            f"""
            create table donors as
            with ranked as (
                select ranking_id, edition as donor_edition, gss_code as donor,
                    row_number() over (partition by ranking_id, edition order by gss_code) as number,
                    count(*) over (partition by ranking_id, edition) as ranked
                from {sources["int_rankings__productivity"]} where not_ranked_reason is null
            ), wanted as (
                select areas.gss_code, lens_editions.*,
                    {picked("areas.gss_code || edition || ranking_id", "ranked")} as number
                from areas cross join lens_editions
                inner join (select distinct ranking_id, donor_edition, ranked from ranked)
                    using (ranking_id, donor_edition)
            )
            select edition, ranking_id, gss_code, donor_edition, donor
            from wanted inner join ranked using (ranking_id, donor_edition, number)
            """,
        ]
        for script in scripts:
            connection.execute(script)
        as_simulated = "donors.edition as edition, donors.gss_code as gss_code"
        of_donors = (
            "inner join donors on source.ranking_id = donors.ranking_id "
            "and source.edition = donors.donor_edition and source.gss_code = donors.donor"
        )
        place = picked("gss_code", f"(select count(*) from {sources[DEPRIVATION]})")
        selects = {
            **{
                name: f"select source.* replace ({as_simulated}) from {sources[name]} as source {of_donors}"
                for name in BY_LENS
                if name in sources
            },
            STATUS: f"""
                select source.* replace (lens_editions.edition as edition)
                from {sources[STATUS]} as source
                inner join lens_editions
                    on source.ranking_id = lens_editions.ranking_id
                    and source.edition = lens_editions.donor_edition
            """,
            LIVE: f"""
                select one.* replace (areas.gss_code as gss_code, editions.edition as edition)
                from (select * from {sources[LIVE]} where is_rankable and is_index_edition limit 1) as one
                cross join areas cross join editions
            """,
            DEPRIVATION: f"""
                with held as (
                    select *, row_number() over (order by gss_code) as place from {sources[DEPRIVATION]}
                ), wanted as (
                    select gss_code, {place} as place from areas
                )
                select held.* exclude (place) replace (wanted.gss_code as gss_code)
                from wanted inner join held using (place)
            """,
            # What stands behind a value belongs to the lens whose measure it is of.
            COUNTED: f"""
                select source.* replace ({as_simulated})
                from {sources[COUNTED]} as source
                inner join (
                    select measure_id, min(ranking_id) as ranking_id
                    from {sources["int_measures__graded"]} group by measure_id
                ) as uses using (measure_id)
                inner join donors
                    on donors.ranking_id = uses.ranking_id and donors.donor_edition = source.edition
                    and donors.donor = source.gss_code
            """,
        }
        for name, source in sources.items():
            query = selects.get(name, f"select * from {source}")
            connection.execute(f"copy ({query}) to '{into / name}.parquet' (format parquet)")
        size.lens_rows = connection.execute("select count(*) from donors").fetchall()[0][0]


def measure(measured: Measured, nodes: Mapping[str, Node], inputs: Path, folder: Path, runs: int) -> Path:
    """Run an engine on a size so many times; returns the bands of the last run."""
    job, parents = steps_of(nodes)
    order = {
        "threads": THREADS,
        "memory_limit": MEMORY_LIMIT,
        "inputs": {relation(nodes[name]): f"{inputs}/{nodes[name]['name']}.parquet" for name in parents},
        "steps": [
            [nodes[name]["config"]["materialized"], relation(nodes[name]), nodes[name]["compiled_code"]]
            for name in job
        ],
    }
    bands = folder / f"bands_{measured.engine}_{measured.size.name}"
    python = str(INTERPRETERS[measured.engine])
    command = [python, "-m", "scripts.proofs.engines.band_job", measured.engine]
    for _ in range(runs):
        run = folder / "run"
        shutil.rmtree(run, ignore_errors=True)
        run.mkdir()
        shutil.rmtree(bands, ignore_errors=True)
        bands.unlink(missing_ok=True)
        started = time.monotonic()
        answer = subprocess.run(
            command,
            input=json.dumps(order | {"folder": str(run), "bands": str(bands)}),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        shutil.rmtree(run)
        if answer.returncode:
            print(answer.stderr[-2000:], file=sys.stderr)
            measured.error = "failed"
            break
        job_seconds, cpu, kibibytes = json.loads(answer.stdout.splitlines()[-1])
        measured.elapsed.append(time.monotonic() - started)
        measured.job.append(job_seconds)
        measured.cpu.append(cpu)
        measured.mebibytes.append(kibibytes / MIB)
    return bands


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    name = "python -m scripts.proofs.engines.scaling"
    parser = argparse.ArgumentParser(name, description=__doc__, formatter_class=layout)
    parser.add_argument(
        "--draws", type=int, default=100, help="draws of each band (100); hundred has a tenth"
    )
    parser.add_argument("--runs", type=int, default=3, help="runs of one and ten; hundred has one (3)")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=INTERPRETERS, default=list(INTERPRETERS))
    parser.add_argument("--database", type=Path, default=PUBLISHED, help="a built database to draw from")
    parser.add_argument("--report", type=Path, help="a page whose measured table is replaced")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns the process's exit status."""
    options = parsed(arguments)
    if not options.database.exists():
        print(f"{options.database} is missing: build the index first (make index).")
        return 1
    lines, differing = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # DuckDB names the catalogue after the file; a copy keeps the published one closed.
        source = folder / "published" / PUBLISHED.name
        source.parent.mkdir()
        shutil.copy(options.database, source)
        for wanted in options.sizes:
            size, inputs = SIZES[wanted], folder / "inputs"
            draws = max(1, options.draws // size.fewer_draws)
            sql = {engine: compiled(engine, source, folder, draws) for engine in options.engines}
            any_sql = next(iter(sql.values()))
            simulate(source, [any_sql[each] for each in steps_of(any_sql)[1]], size, inputs)
            bands = {}
            for engine in options.engines:
                print(f"{engine}: {size.areas:,} areas, {size.editions} editions ...", flush=True)
                measured = Measured(engine, size)
                runs = 1 if wanted == "hundred" else options.runs
                bands[engine] = measure(measured, sql[engine], inputs, folder, runs)
                lines.append(measured.line(draws))
                print("  ".join(lines[-1]), flush=True)
            shutil.rmtree(inputs)
            if len(bands) == 2 and all(path.exists() for path in bands.values()):
                with duckdb.connect() as connection:
                    ours, theirs = (
                        f"read_parquet('{path / '*.parquet' if path.is_dir() else path}')"
                        for path in bands.values()
                    )
                    key = ["edition", "ranking_id", "gss_code"]
                    found = compared(connection, size.name, ours, theirs, key)
                differing += [f"{size.name}: {each}" for each in found.differences]
    header = [
        *("Engine", "Areas", "Editions", "Draws", "Million ranks", "Seconds", "of them the job"),
        *("CPU s", "Peak MiB", "CPU s per million ranks"),
    ]
    print("\n" + aligned(header, lines, header[1:]))
    print(f"\n{THREADS} threads. A rank is one of an area in a lens, an edition and a draw.")
    if options.report:
        put_into(options.report, "make scaling", measured_table(header, lines))
    print("\n".join(differing) if differing else "Both engines' bands are the same.")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
