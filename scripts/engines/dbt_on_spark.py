"""Run dbt on Spark, in the environment of Spark, and write down what every node did.

    python -m scripts.engines.dbt_on_spark RESULTS ARGUMENT ...

RESULTS is a file of JSON, one object per node; the arguments are dbt's own.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from dbt.cli.main import dbtRunner


def main(arguments: Sequence[str]) -> int:
    """Run and write; returns the process's exit status."""
    results, *of_dbt = arguments
    # Spark's own account of each failing statement runs to pages; dbt's result holds what it says.
    logging.getLogger("SQLQueryContextLogger").disabled = True
    answer = dbtRunner().invoke([*of_dbt, "--target", "spark"])
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
    Path(results).write_text(json.dumps(written))
    if answer.exception:
        print(answer.exception)
    return 0 if answer.success else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
