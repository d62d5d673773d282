"""What changed between two built databases: figures by measure, and what that did to ranks, scores and bands.

    python -m scripts.changes BEFORE.duckdb [AFTER.duckdb]

BEFORE is a copy of the published database from before the seeds were written anew; AFTER is the published
one unless another is named. Everything printed is computed in SQL over the two, figure against figure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from scripts.build import DATABASE
from scripts.former import attach
from scripts.index import ROOT
from scripts.tables import aligned

# Both tables are filled in their own order of rows; a figure is the same to nine decimals.
MEASURES = """
with

paired as (
    select
        measure_id,
        coalesce(before.edition, after.edition) as edition,
        coalesce(before.gss_code, after.gss_code) as gss_code,
        round(before.measure_value, 9) as value_before,
        round(after.measure_value, 9) as value_after
    from before.intermediate.int_measures__graded as before
    full join after.intermediate.int_measures__graded as after using (measure_id, edition, gss_code)
),

changed as (
    select *, abs(value_after - value_before) as moved
    from paired
    where value_before is distinct from value_after
)

select
    measure_id as "Measure",
    count(*) filter (value_before is not null and value_after is not null) as "Changed",
    count(*) filter (value_before is null) as "New",
    count(*) filter (value_after is null) as "Gone",
    coalesce(
        any_value(round(moved, 6) || ', ' || council_name || ' ' || edition order by moved desc, gss_code)
            filter (moved is not null),
        ''
    ) as "Largest change"
from changed
left join after.marts.dim_council using (gss_code)
group by measure_id
order by count(*) desc, measure_id
"""

RANKS = """
with

paired as (
    select
        edition,
        ranking_id,
        gss_code,
        before.productivity_rank as rank_before,
        after.productivity_rank as rank_after,
        bands.rank_p05,
        bands.rank_p95
    from before.intermediate.int_rankings__published as before
    full join after.intermediate.int_rankings__published as after using (edition, ranking_id, gss_code)
    left join before.intermediate.int_draws__banded as bands using (edition, ranking_id, gss_code)
)

select
    edition as "Edition",
    ranking_id as "Ranking",
    count(*) filter (rank_before <> rank_after) as "Ranks moved",
    coalesce(max(abs(rank_after - rank_before)), 0) as "Furthest, places",
    count(*) filter (rank_after < rank_p05 or rank_after > rank_p95) as "Beyond their band",
    count(*) filter (rank_before is null) as "Newly ranked",
    count(*) filter (rank_after is null) as "No longer ranked",
    count(*) filter (
        coalesce(rank_after <= 10, false) and not coalesce(rank_before <= 10, false)
    ) as "New in top ten"
from paired
where rank_before is distinct from rank_after
group by edition, ranking_id
order by edition, ranking_id
"""

SCORES = """
with

{sides}

paired as (
    select
        edition,
        ranking_id,
        old.outcome_score is distinct from new.outcome_score as is_score_moved,
        old.spend_index is distinct from new.spend_index as is_spend_moved,
        old.productivity is distinct from new.productivity as is_productivity_moved,
        old.rank_band is distinct from new.rank_band as is_band_moved
    from old
    full join new using (edition, ranking_id, gss_code)
)

select
    edition as "Edition",
    ranking_id as "Ranking",
    count(*) filter (is_score_moved) as "Outcome scores",
    count(*) filter (is_spend_moved) as "Spend indices",
    count(*) filter (is_productivity_moved) as "Productivity",
    count(*) filter (is_band_moved) as "Rank bands"
from paired
where is_score_moved or is_spend_moved or is_productivity_moved or is_band_moved
group by edition, ranking_id
order by edition, ranking_id
"""
SIDE = """
{side} as (
    select
        edition,
        ranking_id,
        gss_code,
        round(standing.outcome_score, 9) as outcome_score,
        round(standing.spend_index, 9) as spend_index,
        round(standing.productivity, 9) as productivity,
        bands.rank_p05 || ' to ' || bands.rank_p95 as rank_band
    from (
        select edition, ranking_id, gss_code, outcome_score, spend_index, productivity
        from {database}.intermediate.int_rankings__productivity
        union all
        select edition, 'overall', gss_code, null, null, productivity
        from {database}.intermediate.int_rankings__overall_productivity
    ) as standing
    left join {database}.intermediate.int_draws__banded as bands using (edition, ranking_id, gss_code)
),
"""
SIDES = SIDE.format(side="old", database="before") + SIDE.format(side="new", database="after")


def compared(before: Path, after: Path) -> dict[str, tuple[list[str], list[tuple[object, ...]]]]:
    """Header and rows of each table, by its title; no row where nothing changed."""
    tables = {"Figures that changed, by measure": MEASURES, "What that does to ranks": RANKS}
    tables["Councils whose score, spend, productivity or rank band moved"] = SCORES.format(sides=SIDES)
    with duckdb.connect() as connection:
        for name, database in (("before", before), ("after", after)):
            attach(connection, name, database)
        found = {}
        for title, query in tables.items():
            cursor = connection.execute(query)
            found[title] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the tables; returns the exit status."""
    parser = argparse.ArgumentParser("python -m scripts.changes", description=__doc__.split("\n")[0])
    parser.add_argument("before", type=Path, help="database from before")
    parser.add_argument("after", type=Path, nargs="?", default=ROOT / DATABASE, help="database of now")
    options = parser.parse_args(arguments)
    for database in (options.before, options.after):
        if not database.is_file():
            print(f"There is no database {database}.")
            return 2
    try:
        tables = compared(options.before, options.after)
    except duckdb.Error as error:
        # Among them a file that is no database, and a database without the tables.
        reason = str(error).splitlines()[0]
        print(f"{options.before} and {options.after} cannot be compared: {reason}")
        return 2
    for title, (header, rows) in tables.items():
        words = ("Measure", "Edition", "Ranking", "Largest change")
        numbers = [name for name in header if name not in words]
        print(f"{title}\n{aligned(header, rows, numbers) if rows else 'None.'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
