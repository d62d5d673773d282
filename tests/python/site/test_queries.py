"""The site's queries that choose rows, on a few rows worked by hand."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from conftest import ROOT

QUERIES = ROOT / "site_src" / "queries"


def answered(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query of the site."""
    found = connection.execute((QUERIES / f"{query}.sql").read_text(encoding="utf-8"))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# Council, change of productivity, of outcome and of spend in per cent, verdict.
LENS = [
    ("noise_b", 90.0, 90.0, 0.0, "cannot_be_told_from_noise"),
    ("noise_a", -5.0, -5.0, 0.0, "cannot_be_told_from_noise"),
    # 1.21 = 1.1 / (1 / 1.1): outcome and spend did as much.
    ("alike", 21.0, 10.0, 100 * (1 / 1.1 - 1), "improved"),
    ("by_spend", 50.0, -10.0, -40.0, "improved"),
    # They differ from the eleventh decimal place on only: the sums of another engine.
    ("tied", 10.0, 10.0, 0.0, "improved"),
    ("also_tied", 10.0 + 2e-11, 10.0 + 2e-11, 0.0, "improved"),
    # The outcome rose, and spend rose more: spend alone made it fall.
    ("dearer", -20.0, 10.0, 37.5, "declined"),
    ("poorer", -40.0, -40.0, 0.0, "declined"),
]
MODULE = [
    ("alike", 25.0, 0.0, -20.0, None, "improved"),
    ("tied", -30.0, -30.0, None, 0.0, "declined"),
    ("by_spend", None, None, None, None, None),
]


@pytest.fixture
def changes() -> duckdb.DuckDBPyConnection:
    """A lens with eight councils compared, and a module with two, spend told in two ways."""
    connection = duckdb.connect()
    connection.execute("""
        create schema marts;
        create table marts.dim_council as select null::text as gss_code, null::text as council_name limit 0;
        create table marts.dim_ranking as
        select * from (values ('waste', 1, 'Waste', 'lens'), ('care', 2, 'Care', 'module'))
            as t (ranking_id, ranking_order, ranking_name, ranking_kind);
        create table marts.fct_change (
            edition text, ranking_id text, gss_code text, from_edition text, price_basis text,
            productivity_change_pct double, productivity_change_pct_p05 double,
            productivity_change_pct_p95 double, outcome_change_pct double, spend_change_pct double,
            change_verdict text
        );
        create table marts.fct_module_change (
            edition text, ranking_id text, gss_code text, productivity_from_edition text, price_basis text,
            productivity_change_pct double, productivity_change_pct_p05 double,
            productivity_change_pct_p95 double, outcome_change_pct double,
            real_spend_per_head_change_pct double, spend_to_england_change_pct double, change_verdict text
        );
    """)
    connection.executemany("insert into marts.dim_council values ($1, $1)", [row[:1] for row in LENS])
    connection.executemany(
        "insert into marts.fct_change "
        "values ('2019-20', 'waste', ?, '2018-19', 'deflator', ?, 0, 0, ?, ?, ?)",
        LENS,
    )
    connection.executemany(
        "insert into marts.fct_module_change "
        "values ('2019-20', 'care', ?, '2015-16', 'deflator', ?, 0, 0, ?, ?, ?, ?)",
        MODULE,
    )
    return connection


def of(rows: list[dict[str, Any]], ranking: str, verdict: str) -> list[tuple[str, str | None]]:
    """Councils of a verdict in the order listed, each with the part that did more."""
    return [
        (row["gss_code"], row["larger_part"])
        for row in rows
        if (row["ranking_id"], row["change_verdict"]) == (ranking, verdict)
    ]


def test_every_council_compared_is_in_one_list_with_the_part_that_did_more(
    changes: duckdb.DuckDBPyConnection,
) -> None:
    """Largest rise and deepest fall first, ties by name, noise by name; a fall is counted as a rise is."""
    rows = answered(changes, "movers")
    assert len(rows) == 10
    assert of(rows, "waste", "improved") == [
        ("by_spend", "spend"),
        ("alike", "both_alike"),
        ("also_tied", "outcome"),
        ("tied", "outcome"),
    ]
    assert of(rows, "waste", "declined") == [("poorer", "outcome"), ("dearer", "spend")]
    assert of(rows, "waste", "cannot_be_told_from_noise") == [("noise_a", None), ("noise_b", None)]
    assert of(rows, "care", "improved") == [("alike", "spend")]
    assert of(rows, "care", "declined") == [("tied", "outcome")]
    counts = ("compared", "improved", "declined", "within_noise")
    parts = ("improved_by_outcome", "improved_by_spend", "declined_by_outcome", "declined_by_spend")
    columns = (*(f"councils_{count}" for count in counts), *parts)
    told = {row["ranking_id"]: tuple(row[column] for column in columns) for row in rows}
    assert told == {"waste": (8, 4, 2, 2, 2, 1, 1, 1), "care": (2, 1, 1, 0, 0, 1, 1, 0)}


# Council, outcome score, spend index; every one has the two others and "unranked" as peers.
STANDINGS = [("own", 50.0, 1.0), ("both", 60.0, 0.9), ("dear", 70.0, 1.1), ("unranked", None, 0.5)]


@pytest.fixture
def peers() -> duckdb.DuckDBPyConnection:
    """A lens of two editions with four councils, and two measures of it."""
    connection = duckdb.connect()
    connection.execute("""
        create schema marts;
        create table marts.dim_council as
        select gss_code, gss_code as council_name
        from (values ('own'), ('both'), ('dear'), ('unranked')) as t (gss_code);
        create table marts.dim_ranking as
        select 'waste' as ranking_id, 1 as ranking_order, 'Waste' as ranking_name, 'lens' as ranking_kind,
            'near' as peer_group_id;
        create table marts.bridge_council_peer as
        select peer_group_id, own.gss_code, peer.gss_code as peer_gss_code, 1 as peer_order
        from marts.dim_council as own, marts.dim_council as peer,
            (values ('near'), ('far')) as t (peer_group_id)
        where own.gss_code <> peer.gss_code;
        create table marts.fct_ranking (
            edition text, ranking_id text, gss_code text, outcome_score double, spend_per_head_gbp double,
            spend_index double, productivity_rank bigint
        );
        create table marts.dim_measure as
        select * from (values ('a', 'Recycled'), ('b', 'Landfilled')) as t (measure_id, measure_name);
        create table marts.fct_measure_grade as
        select '2019-20' as edition, 'waste' as ranking_id, * from (values
            ('own', 'a', true, 40.0), ('own', 'b', true, 60.0), ('both', 'a', true, 80.0),
            ('both', 'b', true, 60.0 + 2e-11), ('both', 'c', true, 9.0), ('dear', 'a', false, 90.0)
        ) as t (gss_code, measure_id, is_active, score);
        create table marts.fct_neighbour_probability as
        select * from (values
            ('2019-20', 'waste', 'own', 'near', 'both', 0.25), ('2019-20', 'waste', 'own', 'far', 'both', 0.9)
        ) as t (edition, ranking_id, gss_code, peer_group_id, peer_gss_code, probability_above);
    """)
    for edition in ("2018-19", "2019-20"):
        connection.executemany(
            "insert into marts.fct_ranking values (?, 'waste', ?, ?, 100 * ?, ?, ?)",
            [
                (edition, code, outcome, spend, spend, None if outcome is None else 1)
                for code, outcome, spend in STANDINGS
            ],
        )
    return connection


def test_a_peer_is_better_for_less_only_if_it_is_both(peers: duckdb.DuckDBPyConnection) -> None:
    """Of three peers one has a better outcome for less; one spends more, one is not ranked; no other year."""
    rows = answered(peers, "better_peers")
    assert {row["edition"] for row in rows} == {"2019-20"}
    # In the order of names, each ranked council once, and the only pair.
    assert [(row["gss_code"], row["peer_gss_code"]) for row in rows] == [
        ("both", None),
        ("dear", None),
        ("own", "both"),
    ]
    own = rows[-1]
    assert (own["peers_ranked"], own["peers_better_for_less"]) == (2, 1)
    assert own["peer_ahead_pct"] == 75
    # A tie is not better, and a measure that one of the two lacks is not compared.
    assert (own["measures_both_hold"], own["measures_better"]) == (2, 1)
    assert own["furthest_ahead_in"] == "Recycled"
    assert own["better_in"] == [{"measure": "Recycled", "own": 40, "peer": 80}]


def test_england_is_the_council_in_the_middle() -> None:
    """The middle one of each figure; prices only where held; a balance over lenses; the newest marked."""
    connection = duckdb.connect()
    connection.execute("""
        create schema marts;
        create table marts.dim_ranking as
        select * from (values
            ('waste', 1, 'Waste', 'lens'), ('older', 2, 'Older', 'lens'), ('overall', 0, 'Overall', 'overall')
        ) as t (ranking_id, ranking_order, ranking_name, ranking_kind);
        create table marts.fct_change as
        select *, '2018-19' as from_edition, 'deflator' as price_basis from (values
            ('2019-20', 'waste', 1.0, ln(1.10), 0.0, ln(1.02), 9.0, 'improved'),
            ('2019-20', 'waste', 5.0, ln(1.50), ln(1.25), ln(1.02), -9.0, 'declined'),
            ('2019-20', 'waste', -7.0, ln(1.30), 0.0, ln(1.02), 1.0, 'declined'),
            ('2019-20', 'older', 2.0, 0.0, 0.0, null, 0.0, 'cannot_be_told_from_noise'),
            ('2018-19', 'older', 3.0, 0.0, 0.0, null, 0.0, 'improved'),
            ('2019-20', 'overall', 99.0, 0.0, 0.0, null, 0.0, 'declined')
        ) as t (
            edition, ranking_id, outcome_change_pct, ln_cash_change, ln_population_change, ln_prices_change,
            productivity_change_pct, change_verdict
        );
        create table marts.fct_ranking as
        select * from (values
            ('2019-20', 'waste', 2e9), ('2019-20', 'waste', 1e9), ('2019-20', 'waste', null)
        ) as t (edition, ranking_id, spend_gbp);
        create table marts.dim_ranking_edition as
        select '2019-20' as edition, 'waste' as ranking_id, 'budget' as spend_basis;
    """)
    rows = {(row["ranking_id"], row["edition"]): row for row in answered(connection, "england")}
    assert set(rows) == {("waste", "2019-20"), ("older", "2019-20"), ("older", "2018-19")}
    waste = rows["waste", "2019-20"]
    # Cash per head rose by 10, 20 and 30 per cent.
    assert waste["cash_per_head_change_pct"] == pytest.approx(20)
    assert waste["prices_change_pct"] == pytest.approx(2)
    assert (waste["outcome_change_pct"], waste["productivity_change_pct"]) == (1, 1)
    assert (waste["spend_gbp_bn"], waste["councils_with_spend"]) == (3, 2)
    assert waste["spend_basis"] == "budget"
    assert rows["older", "2019-20"]["prices_change_pct"] is None
    # One rose and two fell, of four compared.
    assert {row["rose_less_fell_pct"] for (_, at), row in rows.items() if at == "2019-20"} == {-25}
    assert rows["older", "2018-19"]["rose_less_fell_pct"] == 100
    assert {key for key, row in rows.items() if row["is_newest"]} == {
        ("waste", "2019-20"),
        ("older", "2019-20"),
    }
