"""The comparison of two engines' marts notices what differs, and only that."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from scripts.proofs.engines.compare import compare, keys_of_marts, table

MART = """
select * from (
    values
        ('2018-19', 'E06000001', 'Hartlepool', 1::bigint, 120.5::double, true, date '2018-04-01'),
        ('2018-19', 'E06000002', 'Middlesbrough', 2::bigint, 99.25::double, false, date '2018-04-01'),
        ('2018-19', 'E06000003', null, null::bigint, null::double, null::boolean, null::date)
) as held(edition, gss_code, council_name, productivity_rank, productivity_index, is_ranked, from_date)
"""
KEYS = {"fct_ranking": ["edition", "gss_code"]}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with one mart."""
    path = tmp_path / "council_productivity.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.fct_ranking as {MART}")
    return path


def differences(database: Path, query: str) -> list[str]:
    """What differs where the other engine holds what a query over `mart` returns."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(
            f"copy (with mart as (from marts.fct_ranking) {query}) "
            f"to '{database.parent / 'fct_ranking.parquet'}' (format parquet)"
        )
    return compare(database, database.parent, KEYS)[0].differences


def test_the_same_rows_in_another_order_are_the_same(database: Path) -> None:
    """Rows have no order."""
    assert differences(database, "select * from mart order by gss_code desc") == []
    found = compare(database, database.parent, KEYS)[0]
    assert (found.rows, found.values, found.largest_difference) == (3, 21, 0)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        # A changed value: just beyond the tolerance, and in each type.
        (
            "select * replace (productivity_index + 2e-7 as productivity_index) from mart",
            "productivity_index: 2 values",
        ),
        ("select * replace (coalesce(council_name, '') as council_name) from mart", "council_name: 1 values"),
        ("select * replace (lower(council_name) as council_name) from mart", "council_name: 2 values"),
        ("select * replace (not is_ranked as is_ranked) from mart", "is_ranked: 2 values"),
        ("select * replace ((from_date + 1)::date as from_date) from mart", "from_date: 2 values"),
        # Null for a number, a number for null, and what is no number.
        (
            "select * replace (nullif(productivity_index, 99.25) as productivity_index) from mart",
            "productivity_index: 1 values differ, 2018-19 | E06000002: 99.25 against None",
        ),
        (
            "select * replace (coalesce(productivity_index, 0) as productivity_index) from mart",
            "productivity_index: 1 values",
        ),
        (
            "select * replace ('inf'::double as productivity_index) from mart",
            "productivity_index: 3 values",
        ),
        (
            "select * replace ('nan'::double as productivity_index) from mart",
            "productivity_index: 3 values",
        ),
        # Two ranks swapped: each value is still there.
        (
            "select * replace (3 - productivity_rank as productivity_rank) from mart",
            "productivity_rank: 2 values",
        ),
        # Rows.
        ("from mart where gss_code <> 'E06000003'", "rows: 3 against 2"),
        (
            "from mart where gss_code <> 'E06000003'",
            "1 rows only in DuckDB, first 2018-19 | E06000003",
        ),
        (
            "select * replace (replace(gss_code, '3', '4') as gss_code) from mart",
            "1 rows only in the other, first 2018-19 | E06000004",
        ),
        ("from mart union all from mart where gss_code = 'E06000001'", "the other: 1 rows repeat a key"),
        # Columns and types.
        ("select * exclude (is_ranked) from mart", "columns: without is_ranked"),
        ("select *, 1 as more from mart", "columns: with more"),
        ("select gss_code, * exclude (gss_code) from mart", "columns: in another order"),
        (
            "select * replace (productivity_rank::double as productivity_rank) from mart",
            "productivity_rank: BIGINT against DOUBLE",
        ),
        (
            "select * replace (productivity_index::decimal(18, 6) as productivity_index) from mart",
            "productivity_index: DOUBLE against DECIMAL(18,6)",
        ),
        ("select * replace (from_date::varchar as from_date) from mart", "from_date: DATE against VARCHAR"),
        ("select * exclude (gss_code) from mart", "the key edition, gss_code is not there on both sides"),
    ],
)
def test_a_difference_is_noticed_and_told(database: Path, query: str, told: str) -> None:
    """Values, rows, keys, columns and types, each with what differs."""
    found = differences(database, query)
    assert any(told in each for each in found), found
    text = table(compare(database, database.parent, KEYS))
    assert told in text
    assert "0 of 1 marts are the same" in text


@pytest.mark.parametrize("factor", [1 + 9e-10, 1 - 9e-10])
def test_the_last_bits_of_a_number_are_no_difference(database: Path, factor: float) -> None:
    """Engines add in different orders."""
    query = f"select * replace (productivity_index * {factor!r} as productivity_index) from mart"
    assert differences(database, query) == []
    assert compare(database, database.parent, KEYS)[0].largest_difference == pytest.approx(9e-10)


def test_a_mart_that_is_not_there_is_a_difference(database: Path, tmp_path: Path) -> None:
    """A mart cannot be left out."""
    assert compare(database, tmp_path, KEYS)[0].differences == ["is not there"]


def test_a_mart_without_a_key_is_refused(tmp_path: Path) -> None:
    """Rows without a key cannot be matched."""
    node = {"resource_type": "model", "config": {"schema": "marts"}, "alias": "fct_ranking"}
    manifest = tmp_path / "manifest.json"
    key = {"type": "primary_key", "columns": ["edition"]}
    manifest.write_text(json.dumps({"nodes": {"one": node | {"constraints": [key]}}}))
    assert keys_of_marts(manifest) == {"fct_ranking": ["edition"]}
    manifest.write_text(json.dumps({"nodes": {"one": node | {"constraints": []}}}))
    with pytest.raises(ValueError, match="fct_ranking"):
        keys_of_marts(manifest)
    test = {
        "resource_type": "test",
        "attached_node": "one",
        "test_metadata": {"name": "unique_grain", "kwargs": {"columns": ["edition", "gss_code"]}},
    }
    manifest.write_text(json.dumps({"nodes": {"one": node | {"constraints": []}, "two": test}}))
    assert keys_of_marts(manifest) == {"fct_ranking": ["edition", "gss_code"]}
