"""Run dbt on Spark, in the environment of Spark, and write down what every node did.

    python -m scripts.proofs.engines.dbt_on_spark RESULTS ARGUMENT ...

RESULTS is a file of JSON, one object per node; the arguments are dbt's own.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from scripts.progress import NodeCounter, show_progress

TARGET = Path("target") / "spark"


def end(session: SparkSession) -> None:
    """Stop a session and wait for its Java machine, so that the system counts it to this process."""
    machine = session.sparkContext._gateway.proc
    session.stop()
    machine.stdin.close()
    machine.wait()


def main(arguments: Sequence[str]) -> int:
    """Run and write; returns the process's exit status."""
    results, *of_dbt = arguments
    # Spark's own account of each failing statement runs to pages; dbt's result holds what it says.
    logging.getLogger("SQLQueryContextLogger").disabled = True
    where = ["--target", "spark", "--profiles-dir", "."]
    where += ["--target-path", str(TARGET), "--log-path", str(TARGET)]
    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
    with show_progress("nodes", quarters=True) as show:
        answer = dbtRunner(callbacks=[NodeCounter(show)]).invoke([*quiet, *of_dbt, *where])
    written = [
        {
            "node": result.node.unique_id,
            "kind": result.node.resource_type.value,
            "status": str(result.status),
            "seconds": result.execution_time,
            "message": str(result.message or ""),
        }
        for result in getattr(answer.result, "results", ())
    ]
    Path(results).write_text(json.dumps(written), encoding="utf-8")
    if answer.exception:
        print(answer.exception)
    # The session belongs to dbt's threads; asked for here, the same is given. Without nodes there was none.
    if written:
        end(SparkSession.builder.getOrCreate())
    return 0 if answer.success else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
