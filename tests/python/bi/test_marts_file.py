"""The marts in a file of their own: what it holds, and that no reader is disturbed when it is replaced."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from scripts.build import DATABASE
from scripts.marts import MARTS, write_database

BUILT = """
create schema seeds;
create table seeds.printed as select 'not for BI' as figure;
create schema marts;
create table marts.fct_ranking (edition varchar, council varchar not null, productivity_index double,
    primary key (edition, council));
insert into marts.fct_ranking values ('2019-20', 'Ayton', 120.5), ('2019-20', 'Beeford', null);
comment on table marts.fct_ranking is 'One row per council. It''s ranked.';
comment on column marts.fct_ranking.productivity_index is '100 is the median';
create table marts.dim_note as select 'x' as note where false;
"""
NOBODY = 65534


def database(path: Path, then: str = "") -> Path:
    """A database as a build leaves it."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(BUILT + then)
    return path


def read(path: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a query on a file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def marts(tmp_path: Path) -> Path:
    """The file of a tiny database."""
    write_database(database(tmp_path / "built.duckdb"), tmp_path / MARTS.name)
    return tmp_path / MARTS.name


def test_it_holds_the_marts_and_nothing_else(marts: Path) -> None:
    """Every mart with rows, required columns and descriptions; no other schema."""
    assert read(marts, "select schema_name, table_name from duckdb_tables() order by all") == [
        ("main", "dim_note"),
        ("main", "fct_ranking"),
    ]
    assert read(marts, "from fct_ranking order by council") == [
        ("2019-20", "Ayton", 120.5),
        ("2019-20", "Beeford", None),
    ]
    assert read(marts, "select comment from duckdb_tables() where table_name = 'fct_ranking'") == [
        ("One row per council. It's ranked.",)
    ]
    columns = "select column_name, data_type, is_nullable, comment from duckdb_columns() where not internal"
    assert read(marts, f"{columns} and table_name = 'fct_ranking' order by column_index") == [
        ("edition", "VARCHAR", False, None),
        ("council", "VARCHAR", False, None),
        ("productivity_index", "DOUBLE", True, "100 is the median"),
    ]


def test_a_mart_has_the_name_it_has_in_the_whole_database(marts: Path) -> None:
    """``marts.fct_ranking`` in both; in the file of the marts also without the schema."""
    for name in ("fct_ranking", "marts.fct_ranking"):
        assert read(marts, f"select count(*) from {name}") == [(2,)]


def test_duckdb_1_2_can_read_its_storage(marts: Path) -> None:
    """The file says which version it is written for."""
    (tags,) = read(marts, "select tags from duckdb_databases() where database_name = 'marts'")[0]
    assert tags["storage_version"].startswith("v1.2.0")


def test_a_reader_keeps_what_it_opened(marts: Path, tmp_path: Path) -> None:
    """A new file is put in place under an open reader; who opens it afterwards reads the new one."""
    with duckdb.connect(str(marts), read_only=True) as reader:
        old = reader.execute("select sum(productivity_index) from fct_ranking").fetchall()
        more = "insert into marts.fct_ranking values ('2019-20', 'Ceeham', 30);"
        write_database(database(tmp_path / "built.duckdb", more), marts)
        assert (
            reader.execute("select sum(productivity_index) from fct_ranking").fetchall() == old == [(120.5,)]
        )
    assert read(marts, "select sum(productivity_index) from fct_ranking") == [(150.5,)]


def opened_for_writing(path: Path) -> bool:
    """Whether someone who is not root can open the file for writing; tried in a process of its own."""
    child = os.fork()
    if not child:
        try:
            if not os.geteuid():
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            # Readable it has to be, or the answer would say nothing.
            duckdb.connect(str(path), read_only=True).close()
            try:
                duckdb.connect(str(path)).close()
            except duckdb.IOException:
                os._exit(1)
            os._exit(0)
        finally:
            os._exit(2)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 1), "the file could not be read"
    return code == 0


def test_nobody_writes_to_it() -> None:
    """The file is read only for all; a file that is not would be opened."""
    # Below the system's folder for such things: those of pytest are closed to others.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        file = folder / MARTS.name
        write_database(database(folder / "built.duckdb"), file)
        assert file.stat().st_mode & 0o777 == 0o444
        assert not opened_for_writing(file)
        file.chmod(0o666)
        assert opened_for_writing(file)


def test_a_write_that_fails_leaves_the_old_file(marts: Path, tmp_path: Path) -> None:
    """No half file is put in place and none is left behind."""
    before, broken = marts.read_bytes(), tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database")
    with pytest.raises(duckdb.Error):
        write_database(broken, marts)
    assert marts.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"broken.duckdb", "built.duckdb", MARTS.name}


def test_the_published_file_holds_every_mart_of_the_build() -> None:
    """Same tables and rows as the published database; every table and column is described."""
    if not (ROOT / MARTS).exists():
        pytest.skip(f"{MARTS} is not there: run make index first")
    names = read(ROOT / DATABASE, "select table_name from duckdb_tables() where schema_name = 'marts'")
    assert sorted(names) == sorted(read(ROOT / MARTS, "select table_name from duckdb_tables()"))
    assert len(names) > 50
    count = " union all ".join(f"select '{name}', count(*) from marts.{name}" for (name,) in names)
    assert read(ROOT / DATABASE, f"{count} order by 1") == read(ROOT / MARTS, f"{count} order by 1")
    undescribed = (
        "select table_name from duckdb_tables() where comment is null union all "
        "select table_name || '.' || column_name from duckdb_columns() where comment is null and not internal"
    )
    assert read(ROOT / MARTS, undescribed) == []
