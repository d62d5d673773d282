"""The model for Power BI and the table for Tableau: every public mart as the contracts have it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from tmdl_text import Node, NotTmdlError, parsed

from scripts.release import bi_model, interface, tmdl
from scripts.release.bi_model import Model, formatted, relations

REAL = ROOT / "warehouse" / "council_productivity.duckdb"
FILES = ("database.tmdl", "model.tmdl", "expressions.tmdl", "relationships.tmdl")
REFERENCE = re.compile(r"(\w+)\[(\w+)\]")
# What is between two tables of the contract and no relation: no tool joins a table to itself.
TO_ITSELF = {("dim_council", "continuity_gss_code"), ("dim_edition", "change_from_edition")}
# Metrics that name more than a column to add up, or a condition: they are asked of the semantic layer alone.
NOT_IN_DAX = {
    *("councils_declined", "councils_improved", "measure_score", "measures_expected", "measures_held"),
    *("measures_held_share", "ranked_share", "spend_at_england_rate_gbp", "spend_index"),
    *(f"{peers}_{what}" for peers in ("neighbour", "region") for what in ("outcome_score", "spend_index")),
    *("neighbour_productivity_index", "region_productivity_index"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Model, Path]:
    """The model, and the folder that it was written into."""
    folder = tmp_path_factory.mktemp("bi_model")
    return bi_model.write(folder), folder


@pytest.fixture(scope="module")
def tables(written: tuple[Model, Path]) -> dict[str, Node]:
    """Every table as the files have it."""
    found = {}
    for path in (written[1] / bi_model.POWER_BI / "tables").glob("*.tmdl"):
        (table,) = parsed(path.read_text(encoding="utf-8")).children
        assert (table.kind, table.name) == ("table", path.stem)
        found[table.name] = table
    return found


def read(written: tuple[Model, Path], name: str) -> Node:
    """What one of the model's files holds."""
    return parsed((written[1] / bi_model.POWER_BI / name).read_text(encoding="utf-8"))


def related(written: tuple[Model, Path]) -> list[tuple[str, str, bool]]:
    """Both ends of every relation of the files, and whether it is active."""
    return [
        (found["fromColumn"], found["toColumn"], found.get("isActive") != "false")
        for found in (node.properties for node in read(written, "relationships.tmdl").children)
    ]


def test_every_public_mart_and_column_is_there(tables: dict[str, Node]) -> None:
    """In the order of the contract, with type, meaning and unit; nothing else is."""
    promised = interface.declared()
    public = {table.table_name: table for table in promised.tables if table.access == "public"}
    assert set(tables) == set(public)
    assert {table.table_name for table in promised.tables} > set(public)
    for name, table in tables.items():
        columns = [column for column in promised.columns if column.table_name == name]
        assert list(table.of("column")) == [column.column_name for column in columns]
        assert table.description.startswith(public[name].grain)
        for column in columns:
            found = table.of("column")[column.column_name]
            assert found.properties["dataType"] == tmdl.TYPES[column.data_type]
            assert found.properties["sourceColumn"] == column.column_name
            assert found.description.startswith(column.meaning)
            assert column.unit in found.description
            is_number = column.data_type in ("bigint", "double precision")
            assert is_number <= ("formatString" in found.properties), column
        assert f"\\parquet\\{name}.parquet" in table.of("partition")[name].properties["source"]


def test_the_model_names_its_tables_and_lets_nothing_add_up(
    written: tuple[Model, Path], tables: dict[str, Node]
) -> None:
    """Whoever drags a column gets no sum; what may be asked over several rows is a measure."""
    model, *references = read(written, "model.tmdl").children
    assert [each.name for each in references] == sorted(tables)
    assert model.properties["discourageImplicitMeasures"] == "true"
    (database,) = read(written, "database.tmdl").children
    assert int(database.properties["compatibilityLevel"]) >= 1200
    (folder,) = read(written, "expressions.tmdl").children
    for table in tables.values():
        assert folder.name in table.of("partition")[table.name].properties["source"]
        assert {found.properties["summarizeBy"] for found in table.of("column").values()} == {"none"}


def test_each_relation_is_a_declared_key_and_each_key_a_relation(written: tuple[Model, Path]) -> None:
    """But for the two of a table to itself. Each leads to a column that is the whole key of its table."""
    promised = interface.declared()
    public = {table.table_name: table.key_columns for table in promised.tables if table.access == "public"}
    declared = {
        (f"{column.table_name}.{column.column_name}", column.member_of)
        for column in promised.columns
        if column.table_name in public
        and column.member_of
        and (column.table_name, column.column_name) not in TO_ITSELF
    }
    found = [(start, end) for start, end, _ in related(written)]
    assert len(found) == len(set(found))
    assert set(found) == declared
    for _, end in found:
        table, column = end.split(".")
        assert public[table] == column


def ways(active: list[tuple[str, str]], start: str, end: str) -> int:
    """In how many ways a filter on one table reaches another."""
    if start == end:
        return 1
    return sum(ways(active, below, end) for below, above in active if above == start)


def test_a_filter_reaches_a_table_one_way_at_most(written: tuple[Model, Path]) -> None:
    """Power BI refuses a model where it could choose; a dimension reaches each fact that has its key.

    Not by a column that has a role of its own: a peer is not the council.
    """
    active = [
        (start.split(".")[0], end.split(".")[0]) for start, end, is_active in related(written) if is_active
    ]
    names = {name for pair in active for name in pair}
    for start in names:
        for end in names:
            assert ways(active, start, end) <= 1, (start, end)
    for start, end, is_active in related(written):
        has_a_role = start.split(".")[1] != end.split(".")[1]
        assert not (has_a_role and is_active), start
        if start.startswith("fct_"):
            assert is_active != has_a_role, start


def test_two_ways_to_a_table_leave_one(written: tuple[Model, Path]) -> None:
    """A fact with a publication of its own would be reached through its measure, too."""
    model = written[0]
    keyed = [
        replace(column, column_name="publication_id", member_of="dim_publication.publication_id")
        if (column.table_name, column.column_name) == ("fct_measure_grade", "value")
        else column
        for column in model.columns
    ]
    found = {(each.from_table, each.from_column): each.is_active for each in relations(model.tables, keyed)}
    assert found["fct_measure_grade", "publication_id"]
    assert found["fct_measure_grade", "measure_id"]
    assert not found["dim_measure", "publication_id"]


def test_what_an_active_relation_joins_is_hidden(
    written: tuple[Model, Path], tables: dict[str, Node]
) -> None:
    """The dimension shows it. Orders are hidden, too, where a name is sorted by them; no more is."""
    hidden = {
        f"{table.name}.{column.name}"
        for table in tables.values()
        for column in table.of("column").values()
        if "isHidden" in column.properties
    }
    sorting = {
        f"{table.name}.{column.properties['sortByColumn']}"
        for table in tables.values()
        for column in table.of("column").values()
        if "sortByColumn" in column.properties
    }
    assert {"dim_ranking.ranking_order", "dim_scenario.scenario_order"} <= sorting
    assert hidden == sorting | {start for start, _, is_active in related(written) if is_active}
    ended = {name for name, table in tables.items() if "isHidden" in table.properties}
    assert ended == {table.table_name for table in written[0].tables if table.deprecated_on}


@pytest.mark.skipif(not REAL.exists(), reason="nothing is built: make index first")
def test_a_name_has_one_place_in_its_order(written: tuple[Model, Path]) -> None:
    """Power BI refuses to sort by a column with two values for one name."""
    with duckdb.connect(str(REAL), read_only=True) as connection:
        for (table, name), order in written[0].sorted_by.items():
            query = (
                f"select {name} from marts.{table} group by {name} having count(distinct {order}) > 1 "
                f"or count(*) > count({order})"
            )
            assert connection.execute(query).fetchall() == [], (table, name)


def test_measures_are_the_metrics_that_name_columns(
    written: tuple[Model, Path], tables: dict[str, Node]
) -> None:
    """Each column that a formula names is there; all other metrics are known."""
    metrics, _ = bi_model.metrics(ROOT)
    public = {name for name, metric in metrics.items() if not metric.get("hidden")}
    assert {each.name for each in written[0].measures} == public - NOT_IN_DAX
    for table in tables.values():
        names = {name.lower() for name in table.of("column")}
        for measure in table.of("measure").values():
            assert measure.name.lower() not in names
            assert measure.default.count("(") == measure.default.count(")")
            named = REFERENCE.findall(measure.default)
            assert named
            for mart, column in named:
                assert column in tables[mart].of("column"), measure.default


def test_a_pound_is_not_added_over_lenses(tables: dict[str, Node]) -> None:
    """Spend is empty over several lenses or editions, spend per head is a ratio of sums."""
    measures = tables["fct_lens_productivity"].of("measure")
    lens = (
        "SUMMARIZE(fct_lens_productivity, fct_lens_productivity[edition], fct_lens_productivity[ranking_id])"
    )
    assert measures["Spend GBP"].default == (
        f"IF(COUNTROWS({lens}) = 1, SUM(fct_lens_productivity[spend_gbp]))"
    )
    spend, need = "fct_lens_productivity[spend_gbp]", "fct_lens_productivity[need_population]"
    assert measures["Spend per head GBP"].default == (
        f"IF(COUNTROWS({lens}) = 1, DIVIDE(CALCULATE(SUM({spend}), NOT ISBLANK({need})), "
        f"CALCULATE(SUM({need}), NOT ISBLANK({spend}))))"
    )
    index = tables["fct_ranking"].of("measure")["Productivity index"].default
    assert "NOT ISBLANK(fct_ranking[productivity_rank])" in index


def test_the_table_for_tableau_says_the_same(written: tuple[Model, Path], tables: dict[str, Node]) -> None:
    """A row for each column, with what the files of Power BI say of it."""
    with (written[1] / bi_model.TABLEAU).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == bi_model.HEADER
    assert len(rows) == sum(len(table.of("column")) for table in tables.values())
    active = {start for start, _, is_active in related(written) if is_active}
    for row in rows:
        found = tables[row["table_name"]].of("column")[row["column_name"]].properties
        assert row["format"] == found.get("formatString", "")
        assert row["sorted_by"] == found.get("sortByColumn", "")
        assert row["is_hidden"] == str("isHidden" in found).lower()
        place = f"{row['table_name']}.{row['column_name']}"
        assert row["is_active_join"] == (str(place in active).lower() if row["joined_to"] else "")


def test_a_number_without_a_format_is_named() -> None:
    """A new unit asks for its format; a year is no number with a comma in it."""
    rules = bi_model.format_rules(ROOT)
    with pytest.raises(interface.InterfaceError, match="No format for depth, double precision, fathoms"):
        formatted(rules, "double precision", "fathoms", "depth")
    assert formatted(rules, "bigint", "order or number", "population_year") == "0"
    assert formatted(rules, "double precision", "GBP", "spend_gbp") == "£#,0"
    assert formatted(rules, "double precision", "GBP", "spend_per_head_gbp") == "£#,0.00"


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into the folder that it is given, the same bytes each time."""
    for folder in ("one", "other"):
        assert bi_model.main(["--to", str(tmp_path / folder)]) == 0
    assert f"{len(list((tmp_path / 'one').rglob('tables/*.tmdl')))} marts" in capsys.readouterr().out
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes()


def broken(text: str) -> Iterator[tuple[str, str]]:
    """A file with one fault each, and what is wrong with it."""
    for old, new, fault in (
        ("\n\tcolumn spend_gbp", "\n\t\tcolumn spend_gbp", "indented too far"),
        ("\n\t\tsummarizeBy: none", "\n        summarizeBy: none", "blanks"),
        ("\n\t\tsummarizeBy: none", "\n\t\tsummarizeBy: sum", "a sum"),
        ("\n\t\tdataType: double", "\n\t\tdatatype: double", "an unknown property"),
        ("\n\t\tdataType: double", "\n\t\tdataType: decimal", "an unknown type"),
        ("\n\t\tdataType: double", "\n\t\tdataType: double\n\t\tdataType: double", "said twice"),
        ("\n\tcolumn spend_gbp", "\n\n\tcolumn spend_gbp", "a description of nothing"),
        ("\n\tcolumn spend_gbp", "\n\tcolumn spend gbp", "a name that needs quotes"),
        ("\n\tcolumn spend_gbp", "\n\tcolumn 'spend_gbp'", "quotes without need"),
        ("\n\t\tmode: import", "\n\tmode: import", "a property of nothing"),
        (" = m\n", "\n", "no kind of partition"),
    ):
        assert text.count(old) > 0, fault
        place = text.index(old)
        yield text[:place] + new + text[place + len(old) :], fault


def test_the_reader_of_tmdl_is_strict(written: tuple[Model, Path]) -> None:
    """What the tests above rest on refuses what TMDL does."""
    text = (written[1] / bi_model.POWER_BI / "tables" / "fct_ranking.tmdl").read_text(encoding="utf-8")
    parsed(text)
    for faulty, fault in broken(text):
        try:
            parsed(faulty)
        except NotTmdlError:
            continue
        raise AssertionError(f"{fault}: taken as good")


def test_all_files_are_read(written: tuple[Model, Path]) -> None:
    """Those of the model beside its tables, and no other."""
    folder = written[1] / bi_model.POWER_BI
    assert {path.name for path in folder.glob("*.tmdl")} == set(FILES)
    for name in FILES:
        parsed((folder / name).read_text(encoding="utf-8"))
