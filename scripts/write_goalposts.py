"""Freeze the goalposts of the method version: write ``seeds/register/goalposts.csv``.

    python -m scripts.write_goalposts [--only MEASURE_ID ...]

The figures come from the model ``int_measures__goalposts_recomputed``, which is built for it, with the
tests on its way; nothing is computed here. Run it with ``--only`` when a measure is added (the other
rows stay as they are), without when a new method version sets every post anew. A test keeps the seed
and the model equal.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import yaml

from scripts.build import BUILDING, build
from scripts.index import ROOT, tell

SEED = Path("seeds/register/goalposts.csv")
COLUMNS = ["method_version", "measure_id", "worst_goalpost", "best_goalpost", "basis"]


def recomputed(database: Path, method_version: str) -> list[list[str]]:
    """Rows of the seed (see ``COLUMNS``, posts in the measure's unit) out of a built database, as text."""
    with duckdb.connect(str(database), read_only=True) as connection:
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
    return [[method_version, measure, repr(worst), repr(best), basis] for measure, worst, best, basis in rows]


def main(arguments: Sequence[str]) -> int:
    """Write the seed; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.write_goalposts", description="Freeze the goalposts.")
    parser.add_argument("--only", nargs="+", default=[], metavar="MEASURE_ID", help="write only these rows")
    only = parser.parse_args(arguments).only
    outcome = build(ROOT, ["+int_measures__goalposts_recomputed"])
    if not outcome.success:
        tell(outcome, ROOT)
        return 1
    method_version = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]["method_version"]
    rows = recomputed(ROOT / BUILDING, method_version)
    unknown = set(only) - {row[1] for row in rows}
    if unknown:
        print(f"No active measure with figures: {', '.join(sorted(unknown))}. {SEED} is unchanged.")
        return 1
    if only:
        with (ROOT / SEED).open(encoding="utf-8", newline="") as seed:
            kept = [row for row in list(csv.reader(seed))[1:] if row[1] not in only]
        rows = kept + [row for row in rows if row[1] in only]
    with (ROOT / SEED).open("w", encoding="utf-8", newline="") as seed:
        writer = csv.writer(seed, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    print(f"{SEED} holds {len(rows)} pairs of goalposts; {len(only) or len(rows)} written anew.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
