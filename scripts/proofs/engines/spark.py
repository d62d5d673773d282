"""Build the project on Spark, in one process of this machine, and compare its marts with DuckDB's.

    python -m scripts.proofs.engines.spark [--draws N]

Everything is built: seeds, models, data tests and unit tests. Then every value of every mart is compared,
whatever the tests said. Tables and logs are in ``target/spark``, emptied at the start; the exit status is 1
if anything failed or differs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.build import draw_variables, number_of_draws
from scripts.index import ROOT
from scripts.proofs.engines.compare import (
    Comparison,
    NoReferenceError,
    compare,
    keys_of_marts,
    reference,
    table,
)

PYTHON = Path(".venvs") / "spark" / "bin" / "python"
TARGET = Path("target") / "spark"
RESULTS = TARGET / "results.json"
WAREHOUSE = TARGET / "warehouse"
OLDEST_JAVA = 17
BROKEN = {"error", "fail", "runtime error"}
JAVA_MISSING = (
    f"Spark needs Java {OLDEST_JAVA} or later: on the path or under JAVA_HOME "
    f"(Debian and Ubuntu: openjdk-{OLDEST_JAVA}-jre-headless)."
)


class NoSparkError(Exception):
    """Spark cannot be started here."""


@dataclass
class Build:
    """What dbt did on Spark."""

    success: bool
    seconds: float
    cpu_seconds: float
    statuses: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def java() -> str:
    """Java's version, or why there is none to use."""
    home = os.environ.get("JAVA_HOME")
    command = str(Path(home) / "bin" / "java") if home else "java"
    try:
        answer = subprocess.run([command, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoSparkError(JAVA_MISSING) from error
    found = re.search(r'version "((\d+)[^"]*)"', answer.stderr + answer.stdout)
    if not found or int(found[2]) < OLDEST_JAVA:
        raise NoSparkError(f"{JAVA_MISSING} Found: {found[1] if found else 'no version'}.")
    return found[1]


def ready(root: Path = ROOT) -> str:
    """Java's version where everything is there that Spark needs."""
    version = java()
    if not (root / PYTHON).exists():
        raise NoSparkError("Spark's environment is missing: make .venvs/spark/.installed")
    return version


def build(draws: int | None = None, arguments: Sequence[str] = ("build",), root: Path = ROOT) -> Build:
    """Run dbt on Spark on an empty warehouse."""
    shutil.rmtree(root / TARGET, ignore_errors=True)
    (root / TARGET).mkdir(parents=True)
    command = [str(root / PYTHON), "-m", "scripts.proofs.engines.dbt_on_spark", str(RESULTS), *arguments]
    variables = ["--vars", json.dumps(draw_variables(draws))]
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    # Spark starts workers of Python by this name; the system's own may be another version.
    environment = os.environ | {"PYSPARK_PYTHON": str(root / PYTHON)}
    with (root / TARGET / "spark.log").open("w", encoding="utf-8") as log:
        done = subprocess.run([*command, *variables], cwd=root, env=environment, stderr=log, check=False)
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if not (root / RESULTS).exists():
        return Build(False, seconds, cpu, broken=[(root / TARGET / "spark.log").read_text(encoding="utf-8")])
    results = json.loads((root / RESULTS).read_text(encoding="utf-8"))
    broken = [
        f"{result['node']}: {result['status']}\n{textwrap.indent(result['message'], '    ')}"
        for result in results
        if result["status"] in BROKEN
    ]
    success = done.returncode == 0 and bool(results)
    return Build(success, seconds, cpu, Counter(result["status"] for result in results), broken)


def is_written(folder: Path) -> bool:
    """Whether a table stands in its folder; one that broke off leaves a folder without files of rows."""
    return any(folder.glob("*.parquet"))


def compare_with(database: Path, marts: Sequence[str] = (), root: Path = ROOT) -> list[Comparison]:
    """Compare every mart on Spark, or those named, with DuckDB's database."""
    keys = keys_of_marts(root / TARGET / "manifest.json")
    with tempfile.TemporaryDirectory() as name:
        for mart in keys:
            # Spark keeps a table as a folder of Parquet files: nothing needs exporting.
            if is_written(written := root / WAREHOUSE / "marts.db" / mart):
                (Path(name) / f"{mart}.parquet").symlink_to(written)
        wanted = {mart: key for mart, key in keys.items() if not marts or mart in marts}
        return compare(database, Path(name), wanted)


def main(arguments: Sequence[str]) -> int:
    """Build and compare; returns the exit status."""
    parser = argparse.ArgumentParser(
        "python -m scripts.proofs.engines.spark",
        usage=argparse.SUPPRESS,
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--draws", type=number_of_draws, metavar="N", help="draws for the rank bands")
    options = parser.parse_args(arguments)
    try:
        print(f"Spark on Java {ready()}. Building ...", flush=True)
        done = build(options.draws)
        counted = ", ".join(f"{number} {status}" for status, number in sorted(done.statuses.items()))
        cost = f"{done.seconds:.0f} seconds, {done.cpu_seconds:.0f} of processors"
        print(f"dbt: {counted} in {cost}.", flush=True)
        if not done.success:
            print("\n\n".join(done.broken), flush=True)
        if not done.success and not any(map(is_written, (ROOT / WAREHOUSE / "marts.db").glob("*"))):
            print("\nNo mart was built: nothing to compare.")
            return 1
        comparisons = compare_with(reference(ROOT, options.draws))
    except (NoSparkError, NoReferenceError) as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    print(f"\n{table(comparisons)}")
    if not done.success:
        print(f"dbt's build failed all the same, {len(done.broken)} times: above.")
    return 1 if not done.success or any(each.differences for each in comparisons) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
