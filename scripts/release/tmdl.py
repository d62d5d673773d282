"""The model of the marts as TMDL, Microsoft's text for models of Power BI: a file for each table.

Tables are read from the Parquet files of a release, whose folder is the parameter ``ReleaseFolder``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.release.bi_model import Measure, Model
    from scripts.release.interface import Column, Table

# What TMDL calls the types of the contracts.
TYPES = {"string": "string", "bigint": "int64", "double precision": "double", "boolean": "boolean"}
TYPES |= {"date": "dateTime"}
LEVEL = 1567
CULTURE = "en-GB"
FOLDER = "C:\\council-productivity\\current"
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MODEL = f"""\
model Model
	culture: {CULTURE}
	defaultPowerBIDataSourceVersion: powerBI_V3
	discourageImplicitMeasures
	sourceQueryCulture: {CULTURE}

"""
EXPRESSIONS = f"""\
/// The folder of a release, with its parquet/ in it: Transform data, Edit parameters.
expression ReleaseFolder = "{FOLDER}" meta [IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]
"""


def named(name: str) -> str:
    """A name, in quotes where it holds more than letters, digits and underscores."""
    return name if PLAIN.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def label(metric: str) -> str:
    """What a measure is called: no column of its table may have the same name."""
    words = metric.replace("_", " ")
    return words[0].upper() + words[1:].replace("gbp", "GBP").replace("pct", "%")


def described(text: str, depth: int) -> Iterator[str]:
    """The description above an object."""
    if text:
        yield "\t" * depth + f"/// {text}"


def column(model: Model, each: Column) -> Iterator[str]:
    """A column of a table."""
    place = (each.table_name, each.column_name)
    unit = f" Unit: {each.unit}." if each.unit else ""
    yield from described(each.meaning + unit, 1)
    yield f"\tcolumn {named(each.column_name)}"
    yield f"\t\tdataType: {TYPES[each.data_type]}"
    if place in model.hidden:
        yield "\t\tisHidden"
    if model.formats[place]:
        yield f"\t\tformatString: {model.formats[place]}"
    # Nothing adds up by being dragged: what may be asked over several rows is a measure.
    yield "\t\tsummarizeBy: none"
    yield f"\t\tsourceColumn: {each.column_name}"
    if place in model.sorted_by:
        yield f"\t\tsortByColumn: {named(model.sorted_by[place])}"
    yield ""


def measure(each: Measure) -> Iterator[str]:
    """A measure of a table."""
    yield from described(each.meaning, 1)
    yield f"\tmeasure {named(label(each.name))} = {each.expression}"
    yield f"\t\tformatString: {each.format}"
    yield ""


def table(model: Model, each: Table) -> str:
    """A table: its measures, its columns and where its rows come from."""
    ends = f" Goes on {each.deprecated_on}: read {each.deprecated_for} instead." if each.deprecated_on else ""
    meaning = f": {each.meaning}" if each.meaning else ""
    lines = [*described(f"{each.grain}{meaning}{ends}", 0), f"table {named(each.table_name)}"]
    if each.deprecated_on:
        lines.append("\tisHidden")
    lines.append("")
    for found in model.measures:
        if found.table_name == each.table_name:
            lines += measure(found)
    for part in model.columns:
        if part.table_name == each.table_name:
            lines += column(model, part)
    file = f'ReleaseFolder & "\\parquet\\{each.table_name}.parquet"'
    lines += [
        f"\tpartition {named(each.table_name)} = m",
        "\t\tmode: import",
        "\t\tsource =",
        "\t\t\tlet",
        f"\t\t\t\tSource = Parquet.Document(File.Contents({file}))",
        "\t\t\tin",
        "\t\t\t\tSource",
        "",
    ]
    return "\n".join(lines)


def relationships(model: Model) -> str:
    """Every relation, named after the column that it is of."""
    lines = []
    for each in model.relations:
        lines.append(f"relationship {named(f'{each.from_table}__{each.from_column}')}")
        if not each.is_active:
            lines.append("\tisActive: false")
        lines.append(f"\tfromColumn: {named(each.from_table)}.{named(each.from_column)}")
        lines.append(f"\ttoColumn: {named(each.to_table)}.{named(each.to_column)}")
        lines.append("")
    return "\n".join(lines)


def files(model: Model) -> dict[str, str]:
    """The files of the folder ``definition``, by name."""
    names = [each.table_name for each in model.tables]
    return {
        "database.tmdl": f"database\n\tcompatibilityLevel: {LEVEL}\n",
        "model.tmdl": MODEL + "".join(f"ref table {named(name)}\n" for name in names),
        "expressions.tmdl": EXPRESSIONS,
        "relationships.tmdl": relationships(model),
    } | {f"tables/{each.table_name}.tmdl": table(model, each) for each in model.tables}
