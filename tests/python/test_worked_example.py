"""The scoring macros on a small example of our own: thirteen made-up councils, six measures, four levels.

What they should give stands in ``worked_example/expected.csv``, written by the method's text put into plain
Python (``by_the_method.py``), which shares no line with the macros. The macros are called by the analyses
that compare them with COINr's published example, too (``test_oracle.py``, where that is at hand). Councils
stand on the goalposts and beyond them, tie, differ in the tenth decimal, lack values, a whole branch of the
tree or their spend, and spend exactly a quarter and four times England's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest
from by_the_method import FOLDER, RUNS, Cell, Example, frozen
from oracle_analyses import compiled

TOLERANCE = 1e-9
STEPS = (
    "oracle_normalised",
    "oracle_aggregated",
    "oracle_ranked",
    "oracle_drawn",
    "oracle_rank_statistics",
    "oracle_graded",
    "oracle_productivity",
)
# Rows of run, council, item and what the macros give, for each table of the expected values.
GIVEN = {
    "normalised": "select normalisation, unit_code, measure, score from oracle_normalised",
    "aggregated": "select run_name, unit_code, node, score from oracle_aggregated {named}",
    "ranked": "select run_name, unit_code, node, unit_rank from oracle_ranked {named}",
    "drawn": """
        from (select run_name, unit_code, score, unit_rank::double as unit_rank from oracle_drawn)
        unpivot (figure for item in (score, unit_rank)) select run_name, unit_code, item, figure
    """,
    "spread": """
        from oracle_rank_statistics
        unpivot (figure for item in (mean_rank, median_rank, lower_rank, upper_rank))
        select '', unit_code, item, figure
    """,
    "graded": """
        from (select unit_code, measure, score::text as score, grade, value_again::text as value_again
              from oracle_graded)
        unpivot include nulls (figure for item in (score, grade, value_again))
        select measure, unit_code, item, figure
    """,
    "productive": """
        from (select unit_code, columns(* exclude unit_code)::text from oracle_productivity)
        unpivot include nulls (figure for item in (columns(* exclude unit_code)))
        select '', unit_code, item, figure
    """,
}
MEASURES = "(help_at_home, admissions, stable_homes, returns_to_care, recycled, fly_tipping)"


def load_inputs(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Put the example's inputs into the tables that the analyses read."""
    database.execute(f"create table nodes as from read_csv('{folder}/measures.csv')")
    database.execute(f"create table councils as from read_csv('{folder}/councils.csv')")
    database.execute("create table oracle_tree as select node, level, parent, direction from nodes")
    database.execute(f"""
        create table oracle_values as
        with printed as (
            select council as unit_code, measure, reading::double as reading, nodes.direction,
                least(worst_goalpost, best_goalpost)::double as lower_post,
                greatest(worst_goalpost, best_goalpost)::double as upper_post
            from (from councils unpivot include nulls (reading for measure in {MEASURES}))
            inner join nodes on nodes.node = measure
        )
        select 'raw' as data_set, * from printed
        union all
        select 'treated', * replace (
            case when reading is not null then least(upper_post, greatest(lower_post, reading)) end as reading
        )
        from printed
    """)
    database.execute(f"""
        create table oracle_weights as
        select 'original' as weight_set, node, weight::double as weight from nodes
        union all
        from (from read_csv('{folder}/weights.csv') unpivot (weight for node in (* exclude weight_set)))
        select weight_set, node, weight::double
    """)
    database.execute("""
        create table oracle_units as
        select
            council as unit_code,
            columns(['spend_gbp', 'need_population', 'change_low', 'change_high'])::double
        from councils
    """)
    database.execute(
        "create table oracle_runs (run_name text, normalisation text, weight_set text, kind text, "
        "minimum_share double)"
    )
    database.executemany(
        "insert into oracle_runs values (?, ?, 'original', ?, ?)",
        [[name, normalisation, kind, float(least)] for name, (normalisation, kind, least) in RUNS.items()],
    )
    # Odd replications take the arithmetic mean, even ones the geometric.
    database.execute("""
        insert into oracle_runs
        select distinct weight_set, 'treated_minmax1_100', weight_set,
            case when split_part(weight_set, ' ', 2)::int % 2 = 1 then 'arithmetic' else 'geometric' end, 0
        from oracle_weights where weight_set like 'replication %'
    """)


@pytest.fixture(scope="module")
def macros() -> Iterator[duckdb.DuckDBPyConnection]:
    """The example's inputs and, a table per analysis, what the macros make of them."""
    with duckdb.connect(":memory:") as database:
        load_inputs(database, FOLDER)
        for step in STEPS:
            database.execute(f"create table {step} as {compiled()[step]}")
        yield database


@cache
def expected() -> dict[Cell, str]:
    """The frozen values."""
    return frozen()


def same(given: object, wanted: str) -> bool:
    """Whether both are missing, the same word, or numbers that differ by less than the tolerance."""
    if given is None or not wanted:
        return given is None and not wanted
    try:
        return abs(float(str(given)) - float(wanted)) <= TOLERANCE
    except ValueError:
        return given == wanted


def test_the_expected_values_follow_from_the_methods_text() -> None:
    """The file holds what the plain Python of the method gives, digit by digit, and nothing else."""
    assert dict(Example().cells()) == expected()


def test_the_example_holds_what_it_is_for() -> None:
    """Ties, gaps, every grade, quadrant, reason and verdict, and ranks that differ between draws."""
    found = expected()
    shown = {column: {text for cell, text in found.items() if cell[3] == column} for *_, column in found}
    assert shown["grade"] == {"A", "B", "C", "D", "E", ""}
    reasons = {"no_spend", "spend_not_positive", "spend_below_quarter_of_england"}
    assert shown["not_comparable"] == {"", *reasons, "spend_above_four_times_england"}
    assert len(shown["quadrant"]) == 5
    assert len(shown["verdict"]) == 3
    assert len(shown["direction"]) == 4
    assert len(shown["quartile"]) == 5
    assert {"0.25", "4"} <= shown["spend_index"]
    ranks = [text for cell, text in found.items() if cell[3] == "productivity_rank" and text]
    assert len(set(ranks)) < len(ranks)
    spread = {cell[2]: text for cell, text in found.items() if cell[3] == "lower_rank"}
    apart = [c for c, text in spread.items() if text != found["spread", "", c, "upper_rank"]]
    assert len(apart) >= 4
    assert any("." in text for text in spread.values())


@pytest.mark.parametrize("table", GIVEN)
def test_the_macros_give_the_expected_values(macros: duckdb.DuckDBPyConnection, table: str) -> None:
    """Every cell of the table, to 1e-9; words and missing values as they stand."""
    query = GIVEN[table].format(named="where run_name not like 'replication %'")
    rows = macros.execute(query).fetchall()
    given: dict[Cell, object] = {(table, *row[:3]): row[3] for row in rows}
    assert len(given) == len(rows), "a cell appears twice"
    wanted = {cell: text for cell, text in expected().items() if cell[0] == table}
    assert given.keys() == wanted.keys()
    off = {cell: (given[cell], text) for cell, text in wanted.items() if not same(given[cell], text)}
    assert not off
