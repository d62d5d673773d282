"""Run the models again with one number changed, and write what that does to ranks and bands.

    python -m scripts.what_if [--only spend|floor] [--database FILE]

- ``docs/spend_near_the_limit.csv``: a council's spend index in one lens is moved across the limit of
  comparability, and its ranks and bands are read off.
- ``docs/floor_of_scores.csv``: scores begin at 0.1 instead of 1.

dbt runs the models that depend on the number, on a copy of a built database. Ranks and bands are theirs,
nothing is computed here. The page on uncertainty prints both files.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.build import DATABASE
from scripts.marts import quoted

ROOT = Path(__file__).resolve().parent.parent
SPEND = Path("docs/spend_near_the_limit.csv")
FLOOR = Path("docs/floor_of_scores.csv")
BANDS = "int_draws__banded"
OTHER_FLOOR = 0.1
# The published index itself is one more row.
SPEND_INDEXES = (0.20, 0.22, 0.24, 0.249, 0.251, 0.26, 0.28, 0.30)


@dataclass(frozen=True)
class Case:
    """Whose spend is moved: a council, in a lens and an edition."""

    council: str
    ranking_id: str
    edition: str


CASE = Case("Staffordshire", "housing_homelessness", "2019-20")

# What a council's spend has to be multiplied by for its index to be this; England's spend, of which it is a
# part, moves along.
FACTOR = """
with spent as (
    select gss_code, spend_index, spend_gbp / sum(spend_gbp) over () as share_of_england
    from intermediate.int_spend__indexed
    where ranking_id = $ranking_id and edition = $edition and spend_index is not null
)
select
    spent.spend_index,
    $wanted * (1 - share_of_england) / (spend_index - $wanted * share_of_england)
from spent
inner join marts.dim_council as councils using (gss_code)
where councils.council_name = $council
"""
MOVED = """
update intermediate.int_spend__lines
set figure_value = figure_value * $factor, spend_gbp = spend_gbp * $factor
where
    ranking_id = $ranking_id and edition = $edition
    and gss_code = (select gss_code from marts.dim_council where council_name = $council)
"""
STANDING = """
select
    indexed.spend_index,
    lens.productivity_rank as lens_rank,
    lens.ranked_councils as lens_ranked_councils,
    lens.probability_ranked as lens_probability_ranked,
    lens.rank_p05 as lens_rank_p05,
    lens.rank_p95 as lens_rank_p95,
    overall.productivity_rank as overall_rank,
    overall.ranked_councils as overall_ranked_councils,
    overall.rank_p05 as overall_rank_p05,
    overall.rank_p95 as overall_rank_p95
from intermediate.int_spend__indexed as indexed
inner join marts.dim_council as councils using (gss_code)
inner join intermediate.int_draws__banded as lens using (edition, gss_code, ranking_id)
inner join intermediate.int_draws__banded as overall
    on overall.edition = indexed.edition and overall.gss_code = indexed.gss_code
    and overall.ranking_id = 'overall'
where
    councils.council_name = $council and indexed.ranking_id = $ranking_id and indexed.edition = $edition
"""
WIDTHS = """
select
    now.edition,
    now.ranking_id,
    median(now.rank_band_width) as median_width,
    median(other.rank_band_width) as other_median_width,
    max(greatest(abs(other.rank_p05 - now.rank_p05), abs(other.rank_p95 - now.rank_p95)))
        as largest_edge_moved,
    2 * count(*) as edges,
    count(*) filter (abs(other.rank_p05 - now.rank_p05) > 5)
    + count(*) filter (abs(other.rank_p95 - now.rank_p95) > 5) as edges_moved_beyond_five,
    max(abs(other.productivity_rank - now.productivity_rank)) as largest_rank_moved,
    avg(abs(other.productivity_rank - now.productivity_rank)) as mean_rank_moved,
    corr(other.productivity_rank, now.productivity_rank) as rank_correlation
from built.intermediate.int_draws__banded as now
inner join other.intermediate.int_draws__banded as other using (edition, ranking_id, gss_code)
where now.rank_band_width is not null and other.rank_band_width is not null
group by now.edition, now.ranking_id
order by now.edition, now.ranking_id
"""


def run(database: Path, select: str, exclude: Sequence[str] = (), **variables: float) -> None:
    """Have dbt run some models in a database, with the number of draws that it was built with."""
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "select max(draws) from marts.fct_rank_band"
        ((draws,),) = connection.execute(query).fetchall()
    folder = database.parent
    values = json.dumps({"draws": draws, "effect_draws": 1, **variables})
    where = ["--profiles-dir", ".", "--target-path", str(folder / "target"), "--log-path", str(folder)]
    command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "run", *where]
    if exclude:
        where = ["--exclude", *exclude]
        command += where
    done = subprocess.run(
        [*command, "--select", select, "--vars", values],
        cwd=ROOT,
        env=os.environ
        | {"COUNCIL_PRODUCTIVITY_DATABASE": str(database), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"dbt cannot run {select}: {done.stdout[-4000:]}")


def copied(built: Path, folder: Path) -> Path:
    """A copy of a built database in a folder of its own; DuckDB names the catalogue after the file."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(built, folder / DATABASE.name))


def stood(database: Path, case: Case) -> dict[str, object]:
    """Where the council stands in a database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(STANDING, vars(case))
        columns, (row,) = [column[0] for column in found.description], found.fetchall()
    return dict(zip(columns, row, strict=True))


def with_spend(built: Path, folder: Path, case: Case, indexes: Sequence[float]) -> list[Mapping[str, object]]:
    """Where the council stands at each spend index, in order, and as published."""
    told: list[dict[str, object]] = [{"is_published": True} | stood(built, case)]
    for index in indexes:
        database = copied(built, folder / "spend")
        with duckdb.connect(str(database)) as connection:
            query, asked = FACTOR, vars(case) | {"wanted": index}
            ((_, factor),) = connection.execute(query, asked).fetchall()
            connection.execute(MOVED, vars(case) | {"factor": factor})
            # Only this edition's bands are drawn.
            connection.execute(
                "delete from intermediate.int_draws__slotted where edition <> $edition",
                {"edition": case.edition},
            )
        run(database, f"int_spend__by_ranking+,+{BANDS}", ["int_draws__slotted"])
        told.append({"is_published": False} | stood(database, case))
        print(f"{case.council}, {case.ranking_id} {case.edition}: {index:.3f} done", flush=True)
    return sorted(told, key=lambda row: float(str(row["spend_index"])))


def with_floor(built: Path, folder: Path, floor: float) -> list[Mapping[str, object]]:
    """Widths of bands and what moved, by edition and ranking, where scores begin at another floor."""
    database = copied(built, folder / "floor")
    run(database, f"int_measures__graded+,+{BANDS}", score_floor=floor)
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(built)} as built (read_only)")
        connection.execute(f"attach {quoted(database)} as other (read_only)")
        found = connection.execute(WIDTHS)
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def write(path: Path, rows: Sequence[Mapping[str, object]], first: Mapping[str, object]) -> None:
    """Write rows as CSV, each beginning with what is the same for all."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*first, *rows[0]])
        for row in rows:
            cells = (round(cell, 6) if isinstance(cell, float) else cell for cell in row.values())
            writer.writerow([*first.values(), *cells])


def main(arguments: Sequence[str]) -> int:
    """Write both files; returns the process's exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m scripts.what_if", description=__doc__, formatter_class=layout)
    parser.add_argument("--only", choices=("spend", "floor"), help="one of the two")
    parser.add_argument("--database", type=Path, default=ROOT / DATABASE, help="a built database")
    options = parser.parse_args(arguments)
    if not options.database.exists():
        print(f"{options.database} is missing: build the index first (make index).")
        return 1
    with tempfile.TemporaryDirectory() as name:
        if options.only != "floor":
            rows = with_spend(options.database, Path(name), CASE, SPEND_INDEXES)
            write(ROOT / SPEND, rows, vars(CASE))
            print(f"{SPEND} is written.")
        if options.only != "spend":
            rows = with_floor(options.database, Path(name), OTHER_FLOOR)
            write(ROOT / FLOOR, rows, {"other_floor": OTHER_FLOOR})
            print(f"{FLOOR} is written.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
