"""Which editions a fault changes, and the last release as it was before the newest of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb

from scripts.proofs.planted_faults.series import Series
from scripts.proofs.planted_faults.tables import Table

# The newest edition alone, which no release holds yet; an earlier one, if only beside it; rows of no edition.
NEWEST, EARLIER, NO_EDITION = "newest", "earlier", "none"
# What the release gates read.
READ_BY_GATES = (
    "intermediate.int_calendar__live_councils",
    "intermediate.int_measures__graded",
    "intermediate.int_spend__by_ranking",
    "intermediate.int_figures__by_council",
    "intermediate.int_rankings__productivity",
    "intermediate.int_draws__banded",
    "intermediate.int_rankings__published",
    "marts.bridge_ranking_measure",
    "marts.dim_measure",
    "marts.dim_edition",
    "marts.dim_publication",
    "marts.fct_measure_correlation",
    "marts.fct_ranking",
    "marts.fct_lens_productivity",
    "marts.fct_quality_table",
    "marts.dim_council",
    "marts.dim_ranking",
    "seeds.rankings",
    "seeds.measures",
    "seeds.ranking_measures",
    "seeds.editions",
    "seeds.goalposts",
    "seeds.spend_lines",
    "seeds.hmt_gdp_deflator",
    "seeds.mhclg_deprivation",
    "seeds.ons_nearest_neighbours",
    "seeds.dfe_statistical_neighbours",
    "seeds.suspect_values",
)
# What is not of an edition, or was agreed on edition by edition.
KEPT_WHOLE = ("dim_edition", "editions", "suspect_values")


def until(database: Path, path: Path, edition: str) -> Path:
    """A database as it was before an edition: what the gates read, without the edition and later ones."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{database}' as real (read_only)")
        for table in READ_BY_GATES:
            schema, name = table.split(".")
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(f"create table {table} as from real.{table}")
            columns = [column for (column, *_) in connection.execute(f"describe {table}").fetchall()]
            if "edition" in columns and name not in KEPT_WHOLE:
                connection.execute(f"delete from {table} where edition >= '{edition}'")
    return path


def reach(before: Table, after: Table, target: Series, newest: int) -> str:
    """Where the rows stand that a fault changes, takes away or adds.

    Args:
        before: The seed as it is.
        after: The seed with the fault.
        target: What the fault was aimed at.
        newest: The year in which the newest edition starts.
    """
    if before.header != after.header:
        return NO_EDITION
    column = target.period if target.period in before.header else "edition"
    if column not in before.header:
        return NO_EDITION
    at = before.at(column)
    gone, come = Counter(before.rows), Counter(after.rows)
    # A line that was cut off has no period, and a period that became a date is none.
    periods = {row[at] for row in (*(gone - come), *(come - gone)) if len(row) > at}
    starts = {start for text in periods if (start := target.start_year(text)) is not None}
    return NEWEST if starts and min(starts) >= newest else EARLIER if starts else NO_EDITION
