"""The scoring macros against COINr's published example: 51 units, 49 indicators, three levels.

dbt renders the analyses under `analyses/oracle`, which call the same macros as the models; DuckDB
runs them on the example's inputs, and this file compares what comes out, cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from conftest import ROOT
from oracle_analyses import compiled

ORACLE = ROOT.parent / "shared" / "oracle" / "coinr_asem"
STEPS = (
    "oracle_normalised",
    "oracle_aggregated",
    "oracle_ranked",
    "oracle_drawn",
    "oracle_rank_statistics",
)

TOLERANCE = 1e-9
UNITS = 51
KINDS = {"amean": "arithmetic", "gmean": "geometric", "hmean": "harmonic"}
# Name of a normalisation in the analyses, and in its published table.
NORMALISATIONS = {
    "borda": "borda",
    "dist2max": "dist2max",
    "goalposts": "goalposts_p05_p95",
    "minmax0_100": "minmax0_100",
    "minmax1_100": "minmax1_100",
    "prank": "prank",
    "zscore0_1": "zscore0_1",
    "zscore100_10": "zscore100_10",
}
# Name of a published aggregation: normalisation, mean and least share of children present.
AGGREGATIONS = {
    "borda_amean": ("borda", "amean", 0.0),
    "dist2max_amean": ("dist2max", "amean", 0.0),
    "goalposts_amean": ("goalposts", "amean", 0.0),
    "minmax0_100_amean": ("minmax0_100", "amean", 0.0),
    "minmax0_100_amean_datthresh95": ("minmax0_100", "amean", 0.95),
    "minmax1_100_amean": ("minmax1_100", "amean", 0.0),
    "minmax1_100_gmean": ("minmax1_100", "gmean", 0.0),
    "minmax1_100_hmean": ("minmax1_100", "hmean", 0.0),
    "prank_amean": ("prank", "amean", 0.0),
    "zscore0_1_amean": ("zscore0_1", "amean", 0.0),
    "zscore100_10_amean": ("zscore100_10", "amean", 0.0),
    "zscore100_10_gmean": ("zscore100_10", "gmean", 0.0),
}
RANKED = [name for name in AGGREGATIONS if not name.endswith("_datthresh95")]
REPLICATIONS = 200
INPUTS = {"A_treated", "B_goalposts_p05_p95", "U_weights_200", "iData", "iMeta", "weights_original"}

# The known near-tie. The indicator TolMin prints 5.1 for BGR, CZE and GRC and 3.4 for NOR and JPN; in
# the package's binary data BGR, CZE and NOR are a last bit ahead, so it puts them one place higher.
# At nine decimals they tie. One place is 1 in Borda scores and 1 of the 50 others in percentiles, and
# TolMin is one of Social's nine measures, Social one of Sust's three parts, Sust one of Index's two.
NEAR_TIE = "TolMin"
NEAR_TIE_UNITS = ("BGR", "CZE", "NOR")
NEAR_TIE_PLACE = {"borda": 1.0, "prank": 1 / 50}
NEAR_TIE_SHARES = {"Social": 1 / 9, "Sust": 1 / 27, "Index": 1 / 54}
# What that does to ranks: BGR, a place lower in TolMin, changes places with MLT in Sust. And three
# pairs of aggregates print alike but differ in the last bit, where the package does not round:
# HUN and AUT (26), CHE and IND (38.4), ROU and RUS (0.56). Here both of a pair have the better rank.
RANKS_OFF = {
    "borda_amean": {
        ("BGR", "Sust"): 1,
        ("MLT", "Sust"): -1,
        ("AUT", "SusEcFin"): -1,
        ("IND", "ConEcFin"): -1,
    },
    "prank_amean": {("BGR", "Sust"): 1, ("MLT", "Sust"): -1, ("RUS", "Political"): -1},
}

Cells = dict[tuple[str, str], float | None]

pytestmark = pytest.mark.skipif(
    not ORACLE.is_dir(),
    reason="COINr's example is not here: it is read from ../shared/oracle/coinr_asem beside the repository",
)


def columns_as_rows(name: str, columns: str = '* exclude "uCode"') -> str:
    """A query that turns a published table, a row per unit, into rows of unit, column and number."""
    return f"""
        select "uCode" as unit_code, column_name, figure
        from (
            select "uCode", cast(columns({columns}) as double)
            from read_csv('{ORACLE / name}.csv', header = true)
        )
        unpivot include nulls (figure for column_name in (columns(* exclude "uCode")))
    """


def load_inputs(database: duckdb.DuckDBPyConnection) -> None:
    """Put the example's inputs into the tables that the analyses read."""
    database.execute(f"""
        create table oracle_tree as
        select "iCode" as node, "Level" as level, "Parent" as parent, "Direction" as direction
        from read_csv('{ORACLE}/iMeta.csv', header = true)
        where "Level" is not null
    """)
    measures = str(
        [node for (node,) in database.execute("select node from oracle_tree where level = 1").fetchall()]
    )
    database.execute(f"""
        create table oracle_values as
        select
            given.data_set,
            given.unit_code,
            given.column_name as measure,
            given.figure as reading,
            tree.direction,
            posts.p05 as lower_post,
            posts.p95 as upper_post
        from (
            select 'raw' as data_set, * from ({columns_as_rows("iData", measures)})
            union all
            select 'treated' as data_set, * from ({columns_as_rows("A_treated", measures)})
        ) as given
        inner join oracle_tree as tree on given.column_name = tree.node
        inner join read_csv('{ORACLE}/B_goalposts_p05_p95.csv', header = true) as posts
            on given.column_name = posts."iCode"
    """)
    database.execute(f"""
        create table oracle_weights as
        select 'original' as weight_set, "iCode" as node, "Weight" as weight
        from read_csv('{ORACLE}/weights_original.csv', header = true)
        union all
        select 'replication ' || "rep", "iCode", "Weight"
        from read_csv('{ORACLE}/U_weights_200.csv', header = true)
    """)
    database.execute("""
        create table oracle_runs (
            run_name text, normalisation text, weight_set text, kind text, minimum_share double
        )
    """)
    replications = [f"replication {number}" for number in range(1, REPLICATIONS + 1)]
    database.executemany(
        "insert into oracle_runs values (?, ?, ?, ?, ?)",
        [
            [name, method, "original", KINDS[mean], share]
            for name, (method, mean, share) in AGGREGATIONS.items()
        ]
        # Odd replications take the arithmetic mean, even ones the geometric.
        + [
            [name, "treated_minmax1_100", name, "geometric" if place % 2 else "arithmetic", 0.0]
            for place, name in enumerate(replications)
        ],
    )


@pytest.fixture(scope="module")
def oracle() -> Iterator[duckdb.DuckDBPyConnection]:
    """The example's inputs and, a table per analysis, what the macros make of them."""
    with duckdb.connect(":memory:") as database:
        load_inputs(database)
        for step in STEPS:
            database.execute(f"create table {step} as {compiled()[step]}")
        yield database


def computed(database: duckdb.DuckDBPyConnection, query: str) -> Cells:
    """Rows of unit, column and number as cells."""
    rows = database.execute(query).fetchall()
    found = {(unit, column): figure for unit, column, figure in rows}
    assert len(found) == len(rows), "a cell appears twice"
    return found


def off(database: duckdb.DuckDBPyConnection, query: str, published: str) -> Cells:
    """The cells that differ from a published table, and by how much; None where only one side is missing."""
    found, expected = computed(database, query), computed(database, columns_as_rows(published))
    assert found.keys() == expected.keys()
    assert len({unit for unit, _ in found}) == UNITS
    by_cell: Cells = {}
    for cell, figure in found.items():
        target = expected[cell]
        if figure is None or target is None:
            if figure is not target:
                by_cell[cell] = None
        elif not abs(figure - target) <= TOLERANCE:
            by_cell[cell] = figure - target
    return by_cell


def test_every_published_table_is_used() -> None:
    """A table that the example gains does not go unnoticed."""
    compared = {f"B_norm_{published}" for published in NORMALISATIONS.values()}
    compared |= {f"B_agg_{run}" for run in AGGREGATIONS} | {f"B_rank_{run}" for run in RANKED}
    compared |= {"U_scores_200", "U_ranks_200", "U_rankstats_200"}
    assert {path.stem for path in ORACLE.glob("*.csv")} == compared | INPUTS


@pytest.mark.parametrize("method", NORMALISATIONS)
def test_normalised(oracle: duckdb.DuckDBPyConnection, method: str) -> None:
    """Min-max, z-score, goalposts, percentile and Borda scores of each indicator."""
    query = f"select unit_code, measure, score from oracle_normalised where normalisation = '{method}'"
    expected = {
        (unit, NEAR_TIE): -NEAR_TIE_PLACE[method] for unit in NEAR_TIE_UNITS if method in NEAR_TIE_PLACE
    }
    assert off(oracle, query, f"B_norm_{NORMALISATIONS[method]}") == pytest.approx(
        expected, rel=0, abs=TOLERANCE
    )


@pytest.mark.parametrize("run", AGGREGATIONS)
def test_aggregated(oracle: duckdb.DuckDBPyConnection, run: str) -> None:
    """Arithmetic, geometric and harmonic means at each level, and the limit on missing children."""
    query = f"select unit_code, node, score from oracle_aggregated where run_name = '{run}'"
    place = NEAR_TIE_PLACE.get(AGGREGATIONS[run][0])
    expected = {
        (unit, node): -place * share
        for unit in NEAR_TIE_UNITS
        for node, share in NEAR_TIE_SHARES.items()
        if place
    }
    assert off(oracle, query, f"B_agg_{run}") == pytest.approx(expected, rel=0, abs=TOLERANCE)


@pytest.mark.parametrize("run", RANKED)
def test_ranked(oracle: duckdb.DuckDBPyConnection, run: str) -> None:
    """1 is the best; ties share the lowest rank."""
    query = f"select unit_code, node, unit_rank from oracle_ranked where run_name = '{run}'"
    assert off(oracle, query, f"B_rank_{run}") == RANKS_OFF.get(run, {})


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("oracle_aggregated", "score"),
        ("oracle_ranked", "unit_rank"),
        ("oracle_drawn", "score"),
        ("oracle_drawn", "unit_rank"),
    ],
)
def test_replications(oracle: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Scores and ranks of the whole index under 200 sets of weights, in rows and in the bands' slots."""
    query = f"""
        select unit_code, replace(run_name, 'replication ', 'X'), {column}
        from {table}
        where node = 'Index' and run_name like 'replication %'
    """
    assert off(oracle, query, "U_scores_200" if column == "score" else "U_ranks_200") == {}


def test_rank_statistics(oracle: duckdb.DuckDBPyConnection) -> None:
    """Mean, median and the 5 and 95 % quantiles (type 7) of the ranks."""
    query = """
        select unit_code, statistic, figure
        from (select unit_code, mean_rank as mean, median_rank as median, lower_rank as q5, upper_rank as q95
              from oracle_rank_statistics)
        unpivot (figure for statistic in (mean, median, q5, q95))
    """
    assert off(oracle, query, "U_rankstats_200") == {}
