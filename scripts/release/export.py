"""The files of a release: a Parquet and a CSV for each table, the data dictionary and the data package.

Everything is read from the released database: rows in the order of their key, descriptions from its
comments. The same database gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.marts import references, write_csv, write_parquet

# Frictionless' words for DuckDB's types.
FIELD_TYPES = {"VARCHAR": "string", "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number"}
FIELD_TYPES |= {"BOOLEAN": "boolean", "DATE": "date"}

TABLES = """
with

keys as (

    select
        table_name,
        string_split(key_columns, ', ') as key_columns,
        coalesce(foreign_keys, '') as foreign_keys
    from marts.fct_quality_table
    union all
    select 'gate_result', ['kind', 'name'], ''
    union all
    select 'gate_failure', ['kind', 'name', 'place'], ''

)

select
    tables.schema_name,
    tables.table_name,
    keys.key_columns,
    coalesce(tables.comment, '') as description,
    keys.foreign_keys
from duckdb_tables() as tables
inner join keys using (table_name)
where
    tables.schema_name in ('marts', 'quality')
    and not tables.temporary
    and tables.database_name = current_database()
order by tables.schema_name, tables.table_name
"""

DICTIONARY = """
select
    columns.schema_name,
    columns.table_name,
    columns.column_index as column_order,
    columns.column_name,
    columns.data_type,
    not columns.is_nullable as is_required,
    coalesce(list_contains(keys.key_columns, columns.column_name), false) as is_key,
    coalesce(regexp_extract(keys.foreign_keys, '(?:^|, )' || columns.column_name || ' = ([^,]+)', 1), '')
        as member_of,
    coalesce(columns.comment, '') as description
from duckdb_columns() as columns
inner join tables as keys using (schema_name, table_name)
where columns.database_name = current_database()
order by columns.schema_name, columns.table_name, columns.column_index
"""


@dataclass(frozen=True)
class Table:
    """A table that a release publishes."""

    schema: str
    name: str
    key: tuple[str, ...]
    description: str
    foreign_keys: dict[str, tuple[str, str]]


def sha256(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def published(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables of a release and what their keys are."""
    rows = connection.execute(TABLES).fetchall()
    return [
        Table(schema, name, tuple(key), description, references(foreign_keys))
        for schema, name, key, description, foreign_keys in rows
    ]


def export(database: Path, folder: Path) -> list[Table]:
    """Write every table as Parquet and CSV, and the data dictionary."""
    (folder / "parquet").mkdir(parents=True, exist_ok=True)
    (folder / "csv").mkdir(exist_ok=True)
    # One thread: row groups are cut at the same rows each time.
    with duckdb.connect(str(database), read_only=True, config={"threads": 1}) as connection:
        tables = published(connection)
        for table in tables:
            order = ", ".join(f'"{column}"' for column in table.key)
            rows = f"select * from {table.schema}.{table.name} order by {order}"
            write_parquet(connection, rows, folder / "parquet" / f"{table.name}.parquet")
            write_csv(connection, rows, folder / "csv" / f"{table.name}.csv")
        dictionary(connection, tables, folder)
    return tables


def dictionary(connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path) -> None:
    """Write the data dictionary for machines and for people."""
    connection.execute(
        "create temp table tables (schema_name varchar, table_name varchar, key_columns varchar[], "
        "foreign_keys varchar)"
    )
    connection.executemany(
        "insert into tables values (?, ?, ?, ?)",
        [
            [
                *(table.schema, table.name, list(table.key)),
                ", ".join(f"{column} = {'.'.join(target)}" for column, target in table.foreign_keys.items()),
            ]
            for table in tables
        ],
    )
    write_csv(connection, DICTIONARY, folder / "data_dictionary.csv")
    lines = ["# Data dictionary", "", "Tables of the release and their columns, from the contracts.", ""]
    columns = connection.execute(DICTIONARY).fetchall()
    for table in tables:
        lines += [f"## {table.schema}.{table.name}", "", table.description, ""]
        lines += [
            "| Column | Type | Required | Key | Member of | Description |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for schema, name, _, column, kind, required, key, member_of, description in columns:
            if (schema, name) == (table.schema, table.name):
                marks = ["yes" if mark else "" for mark in (required, key)]
                text = " ".join(description.split()).replace("|", "\\|")
                member = f"`{member_of}`" if member_of else ""
                lines.append(f"| `{column}` | {kind} | {marks[0]} | {marks[1]} | {member} | {text} |")
        lines.append("")
    (folder / "data_dictionary.md").write_text("\n".join(lines), encoding="utf-8")


def data_package(database: Path, folder: Path, tables: list[Table], version: str, created: str) -> None:
    """Write Frictionless' description of the release: files with checksums, every CSV with its schema."""
    with duckdb.connect(str(database), read_only=True) as connection:
        resources = [resource(connection, folder, table) for table in tables]
        licences = connection.execute(
            "select distinct licence from marts.dim_publication order by 1"
        ).fetchall()
        sources = connection.execute(
            "select publication_name || ', ' || publisher, url from marts.dim_publication "
            "order by publication_id"
        ).fetchall()
    for table in tables:
        path = folder / "parquet" / f"{table.name}.parquet"
        media_type = "application/vnd.apache.parquet"
        parquet = file_resource(folder, path, f"{table.name}-parquet", "parquet", media_type)
        # A file to take as it is: the CSV beside it has the schema.
        resources.append(parquet | {"type": "file"})
    path = folder / "data_dictionary.csv"
    resources.append(file_resource(folder, path, "data-dictionary", "csv", "text/csv"))
    package = {
        "profile": "data-package",
        "name": "council-productivity",
        "title": "Council productivity index",
        "description": "What England's upper-tier councils get for their money: an index by lens.",
        "version": version,
        "licenses": [
            {
                "name": licence,
                "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            }
            for (licence,) in licences
        ],
        "sources": [{"title": title, "path": url} for title, url in sources],
        "resources": resources,
    }
    # Without a commit there is no date that would be the same tomorrow.
    if created:
        package["created"] = created
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def resource_name(name: str) -> str:
    """What a table is called in the package, whose names have no underscores."""
    return name.replace("_", "-")


def file_resource(folder: Path, path: Path, name: str, form: str, media_type: str) -> dict[str, object]:
    """A file of the package and what holds for any."""
    return {
        "name": resource_name(name),
        "path": path.relative_to(folder).as_posix(),
        "format": form,
        "mediatype": media_type,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def resource(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table) -> dict[str, object]:
    """A CSV of the package with its schema."""
    columns = connection.execute(
        "select column_name, data_type, is_nullable, coalesce(comment, '') from duckdb_columns() "
        "where database_name = current_database() and schema_name = ? and table_name = ? "
        "order by column_index",
        [table.schema, table.name],
    ).fetchall()
    fields = []
    for name, kind, nullable, description in columns:
        described: dict[str, object] = {"name": name, "type": FIELD_TYPES[kind]}
        described["description"] = " ".join(description.split())
        if not nullable:
            described["constraints"] = {"required": True}
        fields.append(described)
    path = folder / "csv" / f"{table.name}.csv"
    return file_resource(folder, path, table.name, "csv", "text/csv") | {
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "description": table.description,
        "schema": {
            "fields": fields,
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": column, "reference": {"resource": resource_name(dimension), "fields": member}}
                for column, (dimension, member) in table.foreign_keys.items()
            ],
            "missingValues": [""],
        },
    }
