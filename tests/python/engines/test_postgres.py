"""The index on a real PostgreSQL server: built, tested, compared with DuckDB's, and read as BI tools read it.

The server is started on the loopback and everything is built once, with few draws. The tests are skipped
where no server can be had.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from scripts.proofs.engines import cluster as server
from scripts.proofs.engines import postgres, reader
from scripts.proofs.engines.cluster import BUILDER, READER, Cluster, NoServerError, QueryError, query
from scripts.proofs.engines.compare import Comparison, keys_of_marts

pytestmark = pytest.mark.nightly("every mart on PostgreSQL is DuckDB's, and its reader sees marts only")
# As many as the scratch copy has.
DRAWS = 50
LITTLE = (
    "create schema seeds",
    "create schema staging",
    "create schema intermediate",
    "create schema marts",
    "create table seeds.notes (note text)",
    "create view staging.stg_register__notes as select * from seeds.notes",
    "create table intermediate.int_rankings__published (productivity_rank bigint)",
    "create table marts.dim_council (gss_code text)",
    "create table marts.fct_ranking (productivity_rank bigint)",
    f"grant usage on schema marts to {READER}",
    f"grant select on all tables in schema marts to {READER}",
)


@pytest.fixture(scope="session")
def environment(root: Path) -> None:
    """A server to be had and the environment with dbt-postgres."""
    try:
        server.binaries()
    except NoServerError as error:
        pytest.skip(str(error))
    if not (root / postgres.DBT).exists():
        pytest.skip("its environment is not set up: make .venvs/postgres/.installed")


@pytest.fixture(scope="module")
def little() -> Iterator[Cluster]:
    """A server with a table or view in each layer, granted as the project grants them."""
    try:
        server.binaries()
    except NoServerError as error:
        pytest.skip(str(error))
    with server.running() as cluster:
        for statement in LITTLE:
            query(cluster, BUILDER, statement)
        yield cluster


@pytest.fixture(scope="session")
def built(environment: None) -> Iterator[tuple[Cluster, postgres.Build]]:
    """A server with everything built on it."""
    with server.running() as cluster:
        yield cluster, postgres.build(cluster, DRAWS)


@pytest.fixture
def warehouse(built: tuple[Cluster, postgres.Build]) -> Cluster:
    """The server, if the build was good."""
    cluster, build = built
    assert build.success, "\n\n".join(build.broken)
    return cluster


def differing(comparisons: list[Comparison]) -> dict[str, list[str]]:
    """What differs, by mart."""
    return {each.mart: each.differences for each in comparisons if each.differences}


def test_seeds_models_and_tests_all_pass(built: tuple[Cluster, postgres.Build]) -> None:
    """Data tests and unit tests run on the server, too: as many as on DuckDB, and none is skipped."""
    _, build = built
    assert build.success, "\n\n".join(build.broken)
    assert set(build.statuses) <= {"success", "pass", "no-op"}, build.statuses
    assert build.statuses["pass"] > 450


def test_every_mart_is_duckdbs_value_by_value(warehouse: Cluster, scratch_database: Path, root: Path) -> None:
    """The same rows, numbers to 1e-9, ranks and text exactly; a change on the server would have been seen."""
    comparisons = postgres.compare_with(warehouse, scratch_database, root)
    assert differing(comparisons) == {}
    assert {each.mart for each in comparisons} == set(keys_of_marts(root / postgres.TARGET / "manifest.json"))
    # Some marts hold modules without figures; together they hold hundreds of thousands of values.
    assert sum(each.values for each in comparisons) > 1_000_000

    place = "edition = '2019-20' and ranking_id = 'overall' and productivity_rank"
    swap = f"update marts.fct_ranking set productivity_rank = 3 - productivity_rank where {place} in (1, 2)"
    query(warehouse, BUILDER, swap)
    try:
        found = differing(postgres.compare_with(warehouse, scratch_database, root))
    finally:
        query(warehouse, BUILDER, swap)
    assert list(found) == ["fct_ranking"]
    assert found["fct_ranking"][0].startswith("productivity_rank: 2 values differ, 2019-20 | overall | E")


def test_the_database_keeps_every_declared_foreign_key(warehouse: Cluster) -> None:
    """What ``fct_quality_table`` lists is what PostgreSQL enforces, and nothing else."""
    kept = """
        select
            kept.conrelid::regclass::text as table_name,
            own.attname || ' = ' || replace(kept.confrelid::regclass::text, 'marts.', '')
            || '.' || keys.attname
        from pg_constraint as kept
        inner join pg_attribute as own on own.attrelid = kept.conrelid and own.attnum = kept.conkey[1]
        inner join pg_attribute as keys on keys.attrelid = kept.confrelid and keys.attnum = kept.confkey[1]
        where kept.contype = 'f'
    """
    declared = """
        select 'marts.' || table_name as table_name, string_to_table(foreign_keys, ', ')
        from marts.fct_quality_table
        where foreign_keys <> ''
    """
    listed = query(warehouse, BUILDER, f"{declared} order by 1, 2").splitlines()
    assert len(listed) > 100
    assert query(warehouse, BUILDER, f"{kept} order by 1, 2").splitlines()[1:] == listed[1:]


def test_the_role_of_bi_tools_reads_marts_and_nothing_else(warehouse: Cluster) -> None:
    """As the server answers, not as the grants are meant."""
    assert reader.reader_faults(warehouse) == []
    with pytest.raises(QueryError, match="permission denied for schema seeds"):
        query(warehouse, READER, "select * from seeds.councils")
    with pytest.raises(QueryError, match="permission denied for table fct_ranking"):
        query(warehouse, READER, "update marts.fct_ranking set productivity_rank = 1")


@pytest.mark.parametrize(
    ("wrong", "undone", "told"),
    [
        (
            f"revoke select on marts.dim_council from {READER}",
            f"grant select on marts.dim_council to {READER}",
            "cannot read marts.dim_council",
        ),
        (
            f"grant usage on schema intermediate to {READER}",
            f"revoke usage on schema intermediate from {READER}",
            "may read intermediate.int_rankings__published",
        ),
        (
            f"grant usage on schema seeds to {READER}; grant select on seeds.notes to {READER}",
            f"revoke select on seeds.notes from {READER}; revoke usage on schema seeds from {READER}",
            "may read seeds.notes",
        ),
        (
            f"grant update on marts.fct_ranking to {READER}",
            f"revoke update on marts.fct_ranking from {READER}",
            "is not refused: update",
        ),
        (
            f"grant create on schema marts to {READER}",
            f"revoke create on schema marts from {READER}; drop table if exists marts.of_mine",
            "is not refused: create table marts.of_mine",
        ),
    ],
)
def test_a_right_too_few_or_too_many_is_noticed(little: Cluster, wrong: str, undone: str, told: str) -> None:
    """The check of the role can fail."""
    query(little, BUILDER, wrong)
    try:
        faults = reader.reader_faults(little)
    finally:
        query(little, server.UNPRIVILEGED, undone)
    assert any(told in fault for fault in faults), faults
    assert reader.reader_faults(little) == []


def test_what_bi_tools_send_is_answered(warehouse: Cluster, root: Path, tmp_path: Path) -> None:
    """Every query of the guide, and the check fails for one that finds nothing or is refused."""
    tools = {name.split(",")[0] for name in reader.guide_queries(root)}
    assert tools == {"Power BI", "Tableau", "Metabase", "Grafana"}
    assert reader.tool_faults(warehouse, root) == []
    (tmp_path / "docs").mkdir()
    guide = (root / reader.GUIDE).read_text(encoding="utf-8").replace("'2019-20'", "'1066-67'")
    (tmp_path / reader.GUIDE).write_text(guide.replace("ranking.productivity_index", "ranking.not_there"))
    faults = reader.tool_faults(warehouse, tmp_path)
    assert any(fault == "Tableau, sheet: no row" for fault in faults)
    assert any(fault.startswith("Grafana, panel: ERROR") for fault in faults)


def test_tables_are_handed_over_with_their_types_and_nulls(little: Cluster, tmp_path: Path) -> None:
    """An empty text is not a null, a number keeps all its digits, and a type of no contract is told."""
    query(
        little,
        BUILDER,
        "create table marts.handed_over as select * from (values "
        "(1::bigint, 0.1::double precision + 0.2, '', true, date '2019-04-01', 1.5::numeric), "
        "(2, null, null, null, null, null)) as held "
        "(number, share, said, is_held, from_date, amount)",
    )
    try:
        postgres.export(little, ["handed_over", "not_there"], tmp_path)
    finally:
        query(little, BUILDER, "drop table marts.handed_over")
    with duckdb.connect() as connection:
        relation = f"read_parquet('{tmp_path / 'handed_over.parquet'}')"
        assert connection.execute(f"from {relation} order by number").fetchall() == [
            (1, 0.1 + 0.2, "", True, date(2019, 4, 1), "1.5"),
            (2, None, None, None, None, None),
        ]
        kinds = ["BIGINT", "DOUBLE", "VARCHAR", "BOOLEAN", "DATE", "VARCHAR"]
        assert [row[1] for row in connection.execute(f"describe from {relation}").fetchall()] == kinds
    assert not (tmp_path / "not_there.parquet").exists()


def test_the_server_listens_on_the_loopback_with_passwords(little: Cluster) -> None:
    """Nobody else can reach it, and nobody without a password."""
    assert "127.0.0.1" in query(little, BUILDER, "show listen_addresses")
    address = socket.gethostbyname(socket.gethostname())
    if address != "127.0.0.1":
        with pytest.raises(OSError), socket.create_connection((address, little.port), timeout=2):
            pass
    with pytest.raises(QueryError, match="password"):
        query(Cluster(little.port, "", little.folder, "", "wrong", ""), BUILDER, "select 1")


def test_the_server_is_gone_afterwards_however_its_use_ends() -> None:
    """No process, no port, no files."""
    try:
        server.binaries()
    except NoServerError as error:
        pytest.skip(str(error))
    with pytest.raises(RuntimeError, match="in use"), server.running() as cluster:
        assert query(cluster, BUILDER, "select 1 as one") == "one\n1\n"
        raise RuntimeError("in use")
    assert not cluster.folder.exists()
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", cluster.port), timeout=2):
        pass


def test_without_a_server_one_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence and a failure, no trace of Python."""
    monkeypatch.setattr(server, "DEBIAN", tmp_path)
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    assert postgres.main(["--draws", "50"]) == 1
    assert capsys.readouterr().out == (
        "No PostgreSQL server is installed (Debian and Ubuntu: apt-get install postgresql).\n"
    )
