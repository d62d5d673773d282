"""Every data test fails on a fault that it is there for, and on that alone: planted_rows.yml says which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT
from data_tests import DataTest, data_tests, generic_tests, singular_tests

from scripts.build import DATABASE

REGISTER = yaml.safe_load((Path(__file__).parent / "planted_rows.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Planted:
    """A fault under a data test: what it is, in which table, as a query, and which row has to be returned."""

    test: str
    fault: str
    relation: str
    planted: str
    rule: str = ""
    row: str = "true"


PLANTED = [Planted(test, **each) for test, faults in REGISTER["faults"].items() for each in faults]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, to read."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    with duckdb.connect(str(ROOT / DATABASE), read_only=True, config={"threads": 2}) as connection:
        yield connection


def has_rows(database: duckdb.DuckDBPyConnection, sql: str, rule: str = "", row: str = "true") -> bool:
    """Whether a test returns a row, of one rule or with something else about it where that is named."""
    asked = f"select 1 from (\n{sql}\n) where {row} {'and starts_with(rule, ?)' if rule else ''} limit 1"
    return bool(database.execute(asked, [rule] if rule else []).fetchall())


@pytest.mark.parametrize("fault", PLANTED, ids=lambda each: f"{each.test}: {each.fault}")
def test_a_data_test_fails_on_its_fault(fault: Planted, database: duckdb.DuckDBPyConnection) -> None:
    """The test returns a row where the fault is planted, of the rule that it breaks."""
    sql = data_tests()[fault.test].on(fault.relation, fault.planted)
    assert has_rows(database, sql, fault.rule, fault.row), f"{fault.test} lets this through: {fault.fault}"


@pytest.mark.parametrize("name", sorted(REGISTER["faults"]))
def test_a_data_test_passes_without_its_fault(name: str, database: duckdb.DuckDBPyConnection) -> None:
    """The rows found with a fault are not there without it; a test that only warns may have some."""
    test = data_tests()[name]
    assert test.warns or not has_rows(database, test.sql)


ACCEPTED = "staging.stg_register__accepted_rows"


def test_an_accepted_row_is_left_out_and_no_other(database: duckdb.DuckDBPyConnection) -> None:
    """Two councils' values lie outside their bounds: the one that a person has accepted does not fail."""
    name, value = "values_lie_within_bounds", "children_emotional_health 2018-19"
    planted = data_tests()[name].on(
        "intermediate.int_measures__calculated",
        "select * replace (case when measure_id || ' ' || edition = 'children_emotional_health 2018-19' "
        "and gss_code in ('E06000001', 'E06000002') then 40.001 else measure_value end as measure_value) "
        "from {relation}",
    )
    assert has_rows(database, planted, row="gss_code = 'E06000001'")
    row = "select '{}' as data_test, '{}' as subject, 'it is true' as reason, '2024-25' as last_edition"
    for test, subject, left_out in (
        (name, f"{value} E06000001", ["E06000001"]),
        (name, f"{value} E06000003", []),
        ("zeros_are_possible", f"{value} E06000001", []),
    ):
        sql = DataTest("", planted, False).on(ACCEPTED, row.format(test, subject))
        found = database.execute(f"select gss_code from ({sql}) order by gss_code").fetchall()
        assert found == [(code,) for code in ("E06000001", "E06000002") if code not in left_out]


def test_an_accepted_row_without_a_cell_is_named_with_a_dash(database: duckdb.DuckDBPyConnection) -> None:
    """A district without a row has no part of a year: it can be accepted all the same."""
    gone = "E07000221"
    planted = data_tests()["every_authority_of_an_area_reports"].on(
        "intermediate.int_figures__printed",
        "select * from {relation} where (publication_id = 'defra_fly_tipping' "
        f"and printed_code = '{gone}' and edition = '2019-20' and item_id = 'incidents') is not true",
    )
    (row,) = database.execute(f"select item_id, edition, sub_period from ({planted})").fetchall()
    subject = " ".join(cell or "-" for cell in ("defra_fly_tipping", *row, gone))
    accepted = (
        f"select 'every_authority_of_an_area_reports' as data_test, '{subject}' as subject, "
        "'it is true' as reason, '2024-25' as last_edition"
    )
    assert not has_rows(database, DataTest("", planted, False).on(ACCEPTED, accepted))


def test_every_data_test_has_a_fault() -> None:
    """Each singular test has a fault in the register, or a reason there why not, and each generic one has."""
    known = data_tests()
    planted, excused = set(REGISTER["faults"]), REGISTER["exceptions"]
    assert planted <= set(known), "the register names tests that are not there"
    singular = {Path(path).stem for path in singular_tests()}
    assert singular - planted == set(excused), "a fault for each test, or a reason why there is none"
    assert all(excused.values())
    assert {known[name].generic for name in planted - singular} == generic_tests()
