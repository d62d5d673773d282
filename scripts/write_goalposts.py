"""Freeze the goalposts of the method version: write ``seeds/register/goalposts.csv``.

    python -m scripts.write_goalposts [--only MEASURE_ID ...] [--own FOLDER]

The figures come from the model ``int_measures__goalposts_recomputed``, which is built for it, with the
tests on its way; nothing is computed here. Run it with ``--only`` when a measure is added (the other
rows stay as they are), without when a new method version sets every post anew. A test keeps the seed
and the model equal. With ``--own`` the goalposts of measures that the seed does not hold go into the folder's
``own_goalposts.csv``, and the seed stays as it is (docs/own_registers.md).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import yaml

from scripts.build import BUILDING, build, own_folder, own_variables
from scripts.index import ROOT, print_outcome

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
                'p5 and p95 of ' || values_pooled || ' values, ' || case
                    when first_edition = last_edition then 'its first edition ' || first_edition || ' alone'
                    else first_edition || ' to ' || last_edition
                end
            from intermediate.int_measures__goalposts_recomputed
            """
        ).fetchall()
    return [[method_version, measure, repr(worst), repr(best), basis] for measure, worst, best, basis in rows]


def held(seed: Path) -> list[list[str]]:
    """Rows of a seed of goalposts, without its header."""
    with seed.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def main(arguments: Sequence[str]) -> int:
    """Write the seed; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.write_goalposts", description="Freeze the goalposts.")
    parser.add_argument("--only", nargs="+", default=[], metavar="MEASURE_ID", help="write only these rows")
    parser.add_argument("--own", type=own_folder, metavar="FOLDER", help="write this folder's")
    options = parser.parse_args(arguments)
    only = options.only
    outcome = build(ROOT, ["+int_measures__goalposts_recomputed"], own_variables(options.own))
    if not outcome.success:
        print_outcome(outcome, ROOT)
        return 1
    method_version = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]["method_version"]
    rows = recomputed(ROOT / BUILDING, method_version)
    seed = options.own / f"own_{SEED.name}" if options.own else SEED
    if options.own:
        ours = {tuple(row[:2]) for row in held(ROOT / SEED)}
        rows = [row for row in rows if tuple(row[:2]) not in ours]
    unknown = set(only) - {row[1] for row in rows}
    if unknown:
        own = " of your own" if options.own else ""
        print(f"No active measure{own} with figures: {', '.join(sorted(unknown))}. {seed} is unchanged.")
        return 1
    if only:
        kept = [row for row in held(ROOT / seed) if row[1] not in only]
        rows = kept + [row for row in rows if row[1] in only]
    with (ROOT / seed).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    print(f"{seed} holds {len(rows)} pairs of goalposts; {len(only) or len(rows)} written anew.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
