"""The marts as SQLite: every reference leads somewhere, or the copy is not made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest

from scripts.proofs.bi.datasette import ForeignKeyError, write_sqlite

BUILT = """
create table dim_council as select unnest(['E1', 'E2']) as gss_code;
create table bridge_peer as select 'E1' as gss_code, 'E2' as peer_code;
create table fct_ranking as
    select unnest(['E1', 'E2', 'E3']) as gss_code, 'overall' as ranking_id, date '2025-03-31' as until_date;
create table fct_quality_table as
from (
    values
    ('dim_council', 'gss_code', null),
    ('bridge_peer', 'gss_code, peer_code', 'peer_code = dim_council.gss_code'),
    ('fct_ranking', 'gss_code', 'gss_code = dim_council.gss_code, ranking_id = dim_ranking.ranking_id'),
    ('fct_quality_table', 'table_name', '')
) as listed (table_name, key_columns, foreign_keys);
"""


@pytest.fixture
def marts(tmp_path: Path) -> Path:
    """A few marts; a council is ranked that there is not, and a table referred to is left out."""
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute(BUILT)
    return tmp_path / "marts.duckdb"


def changed(marts: Path, statement: str) -> None:
    """Change the marts."""
    with duckdb.connect(str(marts)) as connection:
        connection.execute(statement)


def test_references_lead_somewhere(marts: Path, tmp_path: Path) -> None:
    """Whole marts are copied with every reference to a table that is there."""
    changed(marts, "delete from fct_ranking where gss_code = 'E3'")
    write_sqlite(marts, tmp_path / "marts.sqlite")
    with sqlite3.connect(tmp_path / "marts.sqlite") as copy:
        assert copy.execute("pragma foreign_key_check").fetchall() == []
        assert copy.execute("select count(*) from fct_ranking").fetchall() == [(2,)]
        kept = "select \"from\" from pragma_foreign_key_list('fct_ranking')"
        assert copy.execute(kept).fetchall() == [("gss_code",)]


def test_a_reference_that_leads_nowhere_is_named(marts: Path, tmp_path: Path) -> None:
    """Which tables, and how many rows of each; SQLite itself says nothing."""
    with pytest.raises(ForeignKeyError, match=r"not there: 1 of fct_ranking to dim_council\.$"):
        write_sqlite(marts, tmp_path / "one.sqlite")
    changed(marts, "delete from dim_council where gss_code = 'E2'")
    with pytest.raises(ForeignKeyError, match=r": 1 of bridge_peer to dim_council, 2 of fct_ranking to dim_"):
        write_sqlite(marts, tmp_path / "two.sqlite")
