"""A model of the public marts for BI tools, from their contracts: ``make bi-model``, and in every release.

    python -m scripts.release.bi_model --to folder

``power_bi/definition`` is the model as TMDL, the text that Power BI and Tabular Editor read. ``tableau.csv``,
for whoever builds it by hand, in Tableau or elsewhere, has a row for each column: what it is joined to,
whether it is hidden, what it is sorted by and how it is formatted. Marts, columns and foreign keys are those
of the interface; formats follow from units by ``gates/interface/formats.csv``; measures are metrics of the
semantic layer.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.release import interface, tmdl
from scripts.release.interface import FOLDER, Column, Interface, Table, loaded

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path("warehouse") / "bi_model"
FORMATS = FOLDER / "formats.csv"
POWER_BI, TABLEAU = Path("power_bi") / "definition", "tableau.csv"
# What DAX calls the aggregations that the metrics use.
AGGREGATIONS = {"sum": "SUM", "average": "AVERAGE", "median": "MEDIAN", "min": "MIN", "max": "MAX"}
AGGREGATIONS |= {"count_distinct": "DISTINCTCOUNT"}
GUARDED = re.compile(r"case when (?P<count>\w+) = 1 then (?P<value>.+) end")
RATIO = re.compile(r"(?P<above>\w+) / nullif\((?P<below>\w+), 0\)")
WHERE_HELD = re.compile(r"case when (?P<held>\w+) is not null then (?P<value>.+) end")
HEADER = (
    *("table_name", "column_name", "data_type", "is_key", "is_hidden", "sorted_by", "format", "unit"),
    *("joined_to", "is_active_join", "meaning"),
)


@dataclass(frozen=True)
class Relation:
    """A foreign key: many rows of one table, one of the other."""

    from_table: str
    from_column: str
    to_table: str
    to_column: str
    #: Of several ways from one table to another a tool follows one; the others wait until they are asked for.
    is_active: bool


@dataclass(frozen=True)
class Measure:
    """A metric as a formula of DAX."""

    name: str
    table_name: str
    expression: str
    format: str
    meaning: str


@dataclass(frozen=True)
class Model:
    """What a BI tool has to be told."""

    tables: tuple[Table, ...]
    columns: tuple[Column, ...]
    relations: tuple[Relation, ...]
    #: The columns of active relations, whose dimension shows them, and those that only sort.
    hidden: frozenset[tuple[str, str]]
    sorted_by: dict[tuple[str, str], str]
    formats: dict[tuple[str, str], str]
    measures: tuple[Measure, ...]


def relations(tables: Sequence[Table], columns: Sequence[Column]) -> list[Relation]:
    """Every foreign key between two tables, active where it is the only way from the one to the other.

    First come the keys of facts, then those between dimensions. A column of another name than the key's
    has a role of its own (a peer, an edition before): its relation is never active.
    """
    names = {table.table_name for table in tables}
    keys = []
    for column in columns:
        target, _, member = column.member_of.partition(".")
        # No tool joins a table to itself.
        if target in names and target != column.table_name:
            is_between = column.table_name.startswith("dim_")
            keys.append((is_between, column.table_name, column.column_name, target, member))
    reached: dict[str, set[str]] = {name: {name} for name in names}
    found = []
    for _, table, column_name, target, member in sorted(keys, key=lambda key: key[0]):
        above = {name for name, below in reached.items() if target in below}
        is_active = column_name == member and not any(reached[table] & reached[name] for name in above)
        if is_active:
            for name in above:
                reached[name] |= reached[table]
        found.append(Relation(table, column_name, target, member, is_active))
    return sorted(found, key=lambda relation: (relation.from_table, relation.from_column))


def sorting(tables: Sequence[Table], columns: Sequence[Column]) -> dict[tuple[str, str], str]:
    """Names of a dimension's members that have an order of their own beside them."""
    names = {(column.table_name, column.column_name) for column in columns}
    found = {}
    for table in tables:
        stem = table.key_columns.removesuffix("_id")
        if (table.table_name, f"{stem}_order") in names and (table.table_name, f"{stem}_name") in names:
            found[table.table_name, f"{stem}_name"] = f"{stem}_order"
    return found


def format_rules(root: Path) -> list[dict[str, str]]:
    """How numbers and dates are written, by type, unit and name; the first rule that fits holds."""
    with (root / FORMATS).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def formatted(rules: Sequence[dict[str, str]], kind: str, unit: str, name: str) -> str:
    """The format of a column or measure, none for text and for true or false.

    Raises:
        InterfaceError: If it is a number and no rule fits.
    """
    if kind in ("string", "boolean"):
        return ""
    for rule in rules:
        fits = all(
            not rule[part] or re.fullmatch(rule[part], found)
            for part, found in (("unit", unit), ("column_name", name))
        )
        if fits and rule["data_type"] == kind:
            return rule["format"]
    raise interface.InterfaceError(f"No format for {name}, {kind}, {unit or 'no unit'}: add it to {FORMATS}")


def metrics(root: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Every metric by its name, and of the simple ones the mart that they are of."""
    found = {
        each["name"]: each for each in loaded(root / "models" / "marts" / "_marts__metrics.yml")["metrics"]
    }
    places = {}
    for path in sorted((root / "models" / "marts").glob("*/_*__models.yml")):
        for model in loaded(path)["models"]:
            for each in model.get("metrics", ()):
                found[each["name"]] = each
                places[each["name"]] = model["name"]
    return found, places


def aggregated(metric: dict[str, Any], table: str, names: set[tuple[str, str]]) -> str:
    """A simple metric in DAX, empty where it is more than an aggregation of a column."""
    aggregation = AGGREGATIONS.get(metric["agg"], "")
    expression = str(metric["expr"])
    where_held = WHERE_HELD.fullmatch(expression)
    column = where_held["value"] if where_held else expression
    if not aggregation or "filter" in metric or (table, column) not in names:
        return ""
    dax = f"{aggregation}({table}[{column}])"
    return f"CALCULATE({dax}, NOT ISBLANK({table}[{where_held['held']}]))" if where_held else dax


def of_one_place(value: str, count: dict[str, Any], table: str) -> str:
    """A value in DAX that is empty over more than one lens and edition, or whatever else the count counts."""
    expression = str(count["expr"])
    where_held = WHERE_HELD.fullmatch(expression)
    grain = (where_held["value"] if where_held else expression).split(" || ' ' || ")
    rows = f"SUMMARIZE({table}, {', '.join(f'{table}[{column}]' for column in grain)})"
    if where_held:
        rows = f"CALCULATETABLE({rows}, NOT ISBLANK({table}[{where_held['held']}]))"
    return f"IF(COUNTROWS({rows}) = 1, {value})"


def measures(root: Path, columns: Sequence[Column]) -> list[Measure]:
    """The metrics that are aggregations of columns, or ratios of such, with the rule when they are empty."""
    found, places = metrics(root)
    names = {(column.table_name, column.column_name) for column in columns}
    rules = format_rules(root)

    def simple(name: str) -> str:
        return aggregated(found[name], places[name], names) if name in places else ""

    made = []
    for name, metric in sorted(found.items()):
        if metric.get("hidden") or "filter" in metric:
            continue
        table, dax = places.get(name, ""), simple(name)
        guarded = GUARDED.fullmatch(str(metric.get("expr", "")))
        if guarded and all(isinstance(each, str) for each in metric["input_metrics"]):
            table = places[guarded["count"]]
            ratio = RATIO.fullmatch(guarded["value"])
            parts = [simple(part) for part in (ratio.groups() if ratio else (guarded["value"],))]
            value = f"DIVIDE({', '.join(parts)})" if ratio else parts[0]
            dax = of_one_place(value, found[guarded["count"]], table) if all(parts) else ""
        if dax:
            unit = metric["config"]["meta"]["unit"]
            kind = "bigint" if dax.startswith("DISTINCTCOUNT") else "double precision"
            meaning = interface.one_line(metric["description"])
            made.append(Measure(name, table, dax, formatted(rules, kind, unit, name), meaning))
    return made


def model(root: Path = ROOT, promised: Interface | None = None) -> Model:
    """Read from the contracts what a BI tool has to be told of the public marts."""
    promised = promised or interface.declared(root)
    tables = [table for table in promised.tables if table.access == "public"]
    names = {table.table_name for table in tables}
    columns = [column for column in promised.columns if column.table_name in names]
    related = relations(tables, columns)
    ordered = sorting(tables, columns)
    hidden = {(each.from_table, each.from_column) for each in related if each.is_active}
    hidden |= {(table, order) for (table, _), order in ordered.items()}
    rules = format_rules(root)
    return Model(
        tables=tuple(tables),
        columns=tuple(columns),
        relations=tuple(related),
        hidden=frozenset(hidden),
        sorted_by=ordered,
        formats={
            (each.table_name, each.column_name): formatted(rules, each.data_type, each.unit, each.column_name)
            for each in columns
        },
        measures=tuple(each for each in measures(root, columns) if each.table_name in names),
    )


def by_column(described: Model) -> Iterable[tuple[str, ...]]:
    """A row for each column: what a tool is told of it."""
    keys = {table.table_name: table.key_columns.split(", ") for table in described.tables}
    active = {(each.from_table, each.from_column) for each in described.relations if each.is_active}
    for column in described.columns:
        place = (column.table_name, column.column_name)
        yield (
            *place,
            column.data_type,
            str(column.column_name in keys[column.table_name]).lower(),
            str(place in described.hidden).lower(),
            described.sorted_by.get(place, ""),
            described.formats[place],
            column.unit,
            column.member_of,
            str(place in active).lower() if column.member_of else "",
            column.meaning,
        )


def write(folder: Path, root: Path = ROOT, promised: Interface | None = None) -> Model:
    """Write the model as TMDL and as a table into a folder."""
    described = model(root, promised)
    for name, text in tmdl.files(described).items():
        path = folder / POWER_BI / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    with (folder / TABLEAU).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(by_column(described))
    return described


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Write the model and say where it is and what it holds."""
    parser = argparse.ArgumentParser("python -m scripts.release.bi_model", description=__doc__)
    parser.add_argument("--to", type=Path, default=root / TARGET, help="folder to write into")
    folder = parser.parse_args(arguments).to
    try:
        described = write(folder, root)
    except interface.InterfaceError as error:
        print(error)
        return 1
    print(
        f"{folder / POWER_BI} and {folder / TABLEAU} hold {len(described.tables)} marts, "
        f"{len(described.columns)} columns, {len(described.relations)} relations and "
        f"{len(described.measures)} measures."
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
