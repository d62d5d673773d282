"""One run of the band job, in a process of its own and in the environment of its engine.

    python -m scripts.proofs.engines.band_job ENGINE < ORDER

ORDER is JSON: the Parquet files to read, the statements in their order, limits, and where to write the
bands. Prints seconds of the job, and CPU seconds and KiB at the peak of the whole process.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """What a run reads, does and writes."""

    inputs: Mapping[str, str]
    steps: Sequence[Sequence[str]]
    folder: str
    bands: str
    threads: int
    memory_limit: str

    def schemas(self) -> set[str]:
        """Schemas of all tables."""
        return {name.split(".")[0] for name in [*self.inputs, *(table for _, table, _ in self.steps)]}


def on_duckdb(order: Order) -> None:
    """Run the job in this process on DuckDB."""
    import duckdb

    configuration: dict[str, str | bool | int | float | list[str]] = {
        "threads": order.threads,
        "memory_limit": order.memory_limit,
        "temp_directory": f"{order.folder}/spill",
    }
    # DuckDB names the catalogue after the file, and the statements name the catalogue.
    with duckdb.connect(f"{order.folder}/council_productivity.duckdb", config=configuration) as connection:
        for schema in order.schemas():
            connection.execute(f"create schema if not exists {schema}")
        for table, file in order.inputs.items():
            connection.execute(f"create view {table} as select * from read_parquet('{file}')")
        for kind, table, sql in order.steps:
            connection.execute(f"create {kind} {table} as {sql}")
        connection.execute(f"copy (select * from {order.steps[-1][1]}) to '{order.bands}' (format parquet)")


def on_spark(order: Order) -> None:
    """Run the job in this process, and the Java machine that it starts, on Spark as it comes."""
    from pyspark.sql import SparkSession

    from scripts.proofs.engines.dbt_on_spark import end

    session = (
        SparkSession.builder.master(f"local[{order.threads}]")
        .config("spark.driver.memory", order.memory_limit.lower().removesuffix("b"))
        .config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.warehouse.dir", f"{order.folder}/warehouse")
        .config("spark.local.dir", f"{order.folder}/spill")
        # Spark's 200 are meant for a cluster; the plan joins them as it sees fit.
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for schema in order.schemas():
        session.sql(f"create schema if not exists {schema}")
    for table, file in order.inputs.items():
        session.sql(f"create view {table} as select * from parquet.`{file}`")
    for kind, table, sql in order.steps:
        using = "using parquet " if kind == "table" else ""
        session.sql(f"create {kind} {table} {using}as {sql}")
    session.sql(f"select * from {order.steps[-1][1]}").coalesce(1).write.parquet(order.bands)
    end(session)


def main(arguments: Sequence[str]) -> int:
    """Run and print; returns the process's exit status."""
    order = Order(**json.loads(sys.stdin.read()))
    started = time.monotonic()
    {"duckdb": on_duckdb, "spark": on_spark}[arguments[0]](order)
    elapsed = time.monotonic() - started
    # Spark's Java machine is a child that has ended.
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in (own, children))
    print(json.dumps([elapsed, cpu, own.ru_maxrss + children.ru_maxrss]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
