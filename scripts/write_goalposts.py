"""Freeze what the method version fixes: ``goalposts.csv`` and ``lens_spreads.csv`` of ``seeds/register``.

Beside them ``frozen_figures.csv`` keeps number and sum of the figures they were made of, by which a figure
that comes late or is revised is told from a slip in a seed.

    python -m scripts.write_goalposts [--only MEASURE_ID ...] [--own FOLDER]

The figures come from the models ``int_measures__goalposts_recomputed`` and
``int_rankings__spreads_recomputed``, which are built for it, with the tests on their way; nothing is
computed here. Run it with ``--only`` when a measure is added (the other goalposts stay as they are, and so
do the spreads), without when a new method version sets all of them anew. Tests keep the seeds and the
models equal. With ``--own`` the goalposts of measures that the seed does not hold go into the folder's
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
SPREADS = Path("seeds/register/lens_spreads.csv")
FIGURES = Path("seeds/register/frozen_figures.csv")
FIGURES_COLUMNS = ["method_version", "subject_kind", "subject_id", "values_held", "values_total"]
MODELS = ["+int_measures__goalposts_recomputed", "+int_frozen__base_figures"]
SPREADS_QUERY = """
    select
        ? as method_version, ranking_id, first_edition, measured_first_edition, measured_last_edition,
        log_spread, basis
    from intermediate.int_rankings__spreads_recomputed
    order by ranking_id, first_edition
"""


def recomputed(database: Path, method_version: str) -> list[list[str]]:
    """Rows of the seed (see ``COLUMNS``, posts in the measure's unit) out of a built database, as text."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            """
            select
                measure_id,
                worst_goalpost,
                best_goalpost,
                'the 5th and 95th percentile of ' || values_pooled || ' values, ' || case
                    when first_edition = last_edition then 'its first edition ' || first_edition || ' alone'
                    else first_edition || ' to ' || last_edition
                end
            from intermediate.int_measures__goalposts_recomputed
            """
        ).fetchall()
    return [[method_version, measure, repr(worst), repr(best), basis] for measure, worst, best, basis in rows]


def held(seed: Path) -> list[list[str]]:
    """Rows of a seed, without its header."""
    with seed.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def write_figures(database: Path, method_version: str, only: Sequence[str]) -> None:
    """Write number and sum of the figures behind the goalposts that were written."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select subject_kind, subject_id, values_held::varchar, values_total "
            "from intermediate.int_frozen__base_figures"
        ).fetchall()
    fresh = [[method_version, *subject, repr(total)] for *subject, total in rows]
    kept: list[list[str]] = []
    if only:
        kept = [row for row in held(ROOT / FIGURES) if row[2] not in only]
        fresh = [row for row in fresh if row[2] in only]
    with (ROOT / FIGURES).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIGURES_COLUMNS)
        writer.writerows(sorted(kept + fresh))


def write_spreads(database: Path, method_version: str) -> int:
    """Write the seed of spreads (natural logarithms) out of a built database; returns its number of rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(SPREADS_QUERY, [method_version])
        header, rows = [column[0] for column in found.description], found.fetchall()
    with (ROOT / SPREADS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return len(rows)


def main(arguments: Sequence[str]) -> int:
    """Write the seed; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.write_goalposts", description="Freeze the goalposts.")
    parser.add_argument("--only", nargs="+", default=[], metavar="MEASURE_ID", help="write only these rows")
    parser.add_argument("--own", type=own_folder, metavar="FOLDER", help="write this folder's")
    options = parser.parse_args(arguments)
    only = options.only
    outcome = build(ROOT, MODELS, own_variables(options.own))
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
    if not options.own:
        write_figures(ROOT / BUILDING, method_version, only)
    if not only and not options.own:
        # What lies behind the spreads is graded with the goalposts that were just written.
        outcome = build(ROOT, ["+int_rankings__spreads_recomputed"], own_variables(None))
        if not outcome.success:
            print_outcome(outcome, ROOT)
            return 1
        print(f"{SPREADS} holds {write_spreads(ROOT / BUILDING, method_version)} spreads.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
