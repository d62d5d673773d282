"""Freeze the coefficients of the companion ranking: write ``seeds/register/companion_coefficients.csv``.

    python -m scripts.write_companion

The figures come from the model ``int_companion__coefficients_recomputed``, which is built for it, with the
tests on its way; nothing is computed here. Run it when a new method version sets them anew; what earlier
versions froze stays. A test keeps the seed and the model equal.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb
import yaml

from scripts.build import BUILDING, build
from scripts.index import ROOT, print_outcome

SEED = Path("seeds/register/companion_coefficients.csv")
COLUMNS = ["method_version", "ranking_id", "regressor_id", "coefficient", "regressor_mean", "basis"]


def recomputed(database: Path, method_version: str) -> list[list[str]]:
    """Rows of the seed (see ``COLUMNS``) out of a built database, as text."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            """
            select
                ranking_id,
                regressor_id,
                coefficient,
                regressor_mean,
                councils_pooled || ' councils and years, ' || first_edition || ' to ' || last_edition
            from intermediate.int_companion__coefficients_recomputed
            """
        ).fetchall()
    return [
        [method_version, ranking, regressor, repr(slope), repr(mean), basis]
        for ranking, regressor, slope, mean, basis in rows
    ]


def main() -> int:
    """Write the seed; returns the process's exit status."""
    outcome = build(ROOT, ["+int_companion__coefficients_recomputed"])
    if not outcome.success:
        print_outcome(outcome, ROOT)
        return 1
    method_version = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]["method_version"]
    with (ROOT / SEED).open(encoding="utf-8", newline="") as file:
        kept = [row for row in list(csv.reader(file))[1:] if row[0] != method_version]
    rows = recomputed(ROOT / BUILDING, method_version)
    with (ROOT / SEED).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(kept + rows))
    print(f"{SEED} holds {len(rows)} coefficients of method version {method_version}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
