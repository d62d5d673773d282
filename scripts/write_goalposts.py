"""Freeze the goalposts of the method version: write ``seeds/register/goalposts.csv``.

    python -m scripts.write_goalposts [--only MEASURE_ID]

The figures come from the model ``int_measures__goalposts_recomputed`` of the warehouse; nothing is
computed here. Run it when a measure is added (``--only``: the other rows stay as they are) or when a
new method version sets every post anew; a test keeps the seed and the model equal.
"""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "register" / "goalposts.csv"
COLUMNS = ["method_version", "measure_id", "worst_goalpost", "best_goalpost", "basis"]
METHOD_VERSION = "1"


def recomputed(database: str) -> list[list[str]]:
    """Rows of the seed (see ``COLUMNS``) out of a built warehouse, as text."""
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute(
            """
            select
                measure_id,
                worst_goalpost,
                best_goalpost,
                'p5 and p95 of ' || values_pooled || ' values, ' || first_edition || ' to ' || last_edition
            from intermediate.int_measures__goalposts_recomputed
            """
        ).fetchall()
    return [[METHOD_VERSION, *(repr(cell) if isinstance(cell, float) else cell for cell in row)] for row in rows]


def main(arguments: list[str]) -> int:
    """Write the seed; returns the process's exit status."""
    database = os.environ.get("COUNCIL_PRODUCTIVITY_DATABASE", str(ROOT / "warehouse/council_productivity.duckdb"))
    if not Path(database).exists():
        print(f"{database} does not exist. Build it first: make index.")
        return 1
    rows = recomputed(database)
    if arguments[:1] == ["--only"]:
        with SEED.open(encoding="utf-8", newline="") as seed:
            kept = [row for row in list(csv.reader(seed))[1:] if row[1] != arguments[1]]
        rows = kept + [row for row in rows if row[1] == arguments[1]]
    with SEED.open("w", encoding="utf-8", newline="") as seed:
        writer = csv.writer(seed, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    print(f"{len(rows)} goalposts written to {SEED.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
