"""What the marts promise: kept as the contracts have it, and stopped where it is broken without a word."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT

from scripts.proofs.interface.__main__ import HEADER, broken, tried
from scripts.proofs.interface.breaks import KINDS, SEED, Break, copied, drawn, edited
from scripts.release import interface
from scripts.release.gates import GATES

REAL = ROOT / "warehouse" / "council_productivity.duckdb"
PAGE = ROOT / "docs" / "breaking_changes.csv"


@pytest.fixture(scope="module")
def promised() -> interface.Interface:
    """What the contracts promise now."""
    return interface.declared()


def test_what_is_kept_is_what_the_contracts_promise() -> None:
    """``make interface`` was run after the last change of a contract."""
    assert interface.stale() == [], "run make interface"


def test_every_mart_has_a_version_and_a_tier(promised: interface.Interface) -> None:
    """Public marts are of the group that readers may build on, workings are protected; each has a version."""
    assert {(table.access, table.group) for table in promised.tables} == {
        ("public", "index"),
        ("protected", "workings"),
    }
    assert min(table.version for table in promised.tables) == 1
    assert all(table.key_columns and table.grain for table in promised.tables)


def test_a_mart_without_a_version_is_refused(tmp_path: Path) -> None:
    """The default of the folder taken away, the first mart without one is named."""
    copy = copied(ROOT, tmp_path)
    path = copy / "dbt_project.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("      +meta: {version: 1}\n", ""), encoding="utf-8"
    )
    with pytest.raises(interface.InterfaceError, match="does not say its version"):
        interface.declared(copy)


def test_a_number_without_a_unit_is_refused(tmp_path: Path) -> None:
    """Whoever adds a number says what it is counted in."""
    copy = copied(ROOT, tmp_path)

    def added(model: dict[str, list[dict[str, str]]]) -> str:
        model["columns"].append({"name": "amount", "data_type": "bigint", "description": "How much."})
        return ""

    edited(copy, "dim_council", added)
    with pytest.raises(interface.InterfaceError, match=r"dim_council\.amount is a number without a unit"):
        interface.declared(copy)


def test_a_name_has_one_type_and_one_unit_everywhere(promised: interface.Interface) -> None:
    """A column that two tables share can be joined: numerator_label is text, numerator a number."""
    found: dict[str, set[tuple[str, str]]] = {}
    for column in promised.columns:
        found.setdefault(column.column_name, set()).add((column.data_type, column.unit))
    assert {name: kinds for name, kinds in found.items() if len(kinds) > 1} == {}


def test_what_a_mart_is_deprecated_for_exists(promised: interface.Interface) -> None:
    """A day without what to read instead helps nobody."""
    known = {table.table_name for table in promised.tables}
    known |= {f"{column.table_name}.{column.column_name}" for column in promised.columns}
    endings: list[interface.Table | interface.Column] = [*promised.tables, *promised.columns]
    assert any(ending.deprecated_on for ending in endings)
    for ending in endings:
        assert bool(ending.deprecated_on) == bool(ending.deprecated_for)
        assert not ending.deprecated_for or ending.deprecated_for in known


@pytest.mark.skipif(not REAL.exists(), reason="nothing is built: make index first")
def test_the_database_is_as_promised(promised: interface.Interface, tmp_path: Path) -> None:
    """Types, what is always filled in, keys, grain and meaning, read back from the published database."""
    interface.write(promised, tmp_path, interface.RELEASED)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{REAL}' as after (read_only)")
        interface.attach(connection, "after", REAL)
        interface.attach(connection, "before", tmp_path / "release.duckdb")
        changes = (GATES / "shared" / "interface_changes.sql").read_text(encoding="utf-8")
        # A database does not say which marts are workings.
        found = connection.execute(f"select subject from ({changes}) where is_breaking").fetchall()
    assert found == []


# Not the seed of the page, so that other places are tried; four of the twelve kinds, for each takes a second.
@pytest.mark.parametrize("one", drawn(interface.declared(), SEED + 1)[2::3], ids=lambda one: one.kind.name)
def test_a_break_is_stopped_and_a_new_version_declares_it(
    one: Break, promised: interface.Interface, tmp_path: Path
) -> None:
    """The files are out of date, and written anew the gate names the place; with a new version it passes."""
    found = tried(ROOT, one, promised, tmp_path)
    assert found.stale_files
    assert found.gate_row.startswith(found.place)
    assert found.with_new_version == ("stopped all the same" if one.kind.name == "tier" else "passes")


def test_adding_is_free_and_removing_is_not(promised: interface.Interface, tmp_path: Path) -> None:
    """The same two interfaces, once in each direction."""
    fewer = interface.Interface(promised.tables[1:], promised.columns[:-1])
    assert broken(promised, fewer, tmp_path / "more") == []
    gone = promised.tables[0].table_name
    last = promised.columns[-1]
    assert [subject for subject, _ in broken(fewer, promised, tmp_path / "fewer")] == sorted(
        [f"{gone} removed", f"{last.table_name}.{last.column_name} removed"]
    )


@pytest.mark.parametrize(("day", "passes"), [("2020-01-01", True), ("2999-01-01", False), ("", False)])
def test_what_was_deprecated_goes_when_its_day_has_come(
    promised: interface.Interface, tmp_path: Path, day: str, passes: bool
) -> None:
    """The last release has to have named the day, and it has to be past."""
    last = replace(promised.columns[-1], deprecated_on=day)
    first = replace(promised.tables[0], deprecated_on=day)
    before = interface.Interface((first, *promised.tables[1:]), (*promised.columns[:-1], last))
    after = interface.Interface(promised.tables[1:], promised.columns[:-1])
    assert (broken(after, before, tmp_path) == []) is passes


def test_workings_promise_nothing(promised: interface.Interface, tmp_path: Path) -> None:
    """They may go with any release."""
    kept = tuple(table for table in promised.tables if table.access == "public")
    names = {table.table_name for table in kept}
    columns = tuple(column for column in promised.columns if column.table_name in names)
    assert len(kept) < len(promised.tables)
    assert broken(interface.Interface(kept, columns), promised, tmp_path) == []


def test_the_page_has_every_kind_and_each_is_stopped() -> None:
    """``make breaking-changes`` wrote it, and nothing passed."""
    with PAGE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == HEADER
    assert [row["kind"] for row in rows] == [kind.words for kind in KINDS]
    assert len(rows) == 12
    assert all(row["stale_files"] and row["gate"] == "interface_broken" for row in rows)


def test_a_release_with_stale_files_is_refused(tmp_path: Path) -> None:
    """It would carry promises that its marts do not keep."""
    copy = copied(ROOT, tmp_path)
    interface.carry(copy, tmp_path)
    assert (tmp_path / "interface_columns.csv").read_bytes() == (
        ROOT / "gates" / "interface" / "columns.csv"
    ).read_bytes()

    def dropped(model: dict[str, list[object]]) -> str:
        model["columns"].pop()
        return ""

    edited(copy, "dim_council", dropped)
    with pytest.raises(interface.InterfaceError, match=r"columns\.csv is not what the contracts promise"):
        interface.carry(copy, tmp_path)


def test_the_schema_version_counts_what_broke_and_what_was_added(
    promised: interface.Interface, tmp_path: Path
) -> None:
    """1.0 for the first, the second number for what is new, the first for what broke."""
    fewer = interface.Interface(promised.tables, promised.columns[:-1])
    places = {}
    for name, found in (("more", promised), ("fewer", fewer)):
        interface.write(found, tmp_path / name, interface.RELEASED)
        places[name] = tmp_path / name / "release.duckdb"
        duckdb.connect(str(places[name])).close()
    assert interface.schema_version("", places["more"], None) == "1.0"
    assert interface.schema_version("1.4", places["more"], places["more"]) == "1.4"
    assert interface.schema_version("1.4", places["more"], places["fewer"]) == "1.5"
    assert interface.schema_version("1.4", places["fewer"], places["more"]) == "2.0"


def test_groups_are_those_of_the_project(promised: interface.Interface) -> None:
    """Each tier is described where dbt reads it."""
    groups = yaml.safe_load((ROOT / "models" / "marts" / "_marts__groups.yml").read_text(encoding="utf-8"))
    assert {group["name"] for group in groups["groups"]} == {table.group for table in promised.tables}
