"""The marts as files: one database of their own for BI tools, and a Parquet and a CSV for each.

``make index`` and ``make release`` write the database, ``make release`` and ``make site`` Parquet and CSV.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

import duckdb

from scripts.spreadsheets import guarded_column

MARTS = Path("warehouse") / "marts.duckdb"
# A default file of DuckDB 2.0 cannot be opened by 1.x.
STORAGE_VERSION = "v1.2.0"

COLUMNS = """
select
    tables.table_name,
    any_value(tables.comment) as description,
    list(
        {'name': columns.column_name, 'type': columns.data_type, 'required': not columns.is_nullable,
            'description': columns.comment}
        order by columns.column_index
    ) as columns
from duckdb_tables() as tables
inner join duckdb_columns() as columns using (database_name, schema_name, table_name)
where tables.database_name = 'built' and tables.schema_name = 'marts'
group by tables.table_name
order by tables.table_name
"""


class Column(TypedDict):
    """A column as ``COLUMNS`` finds it."""

    name: str
    type: str
    required: bool
    description: str | None


def quoted(text: object) -> str:
    """Text as a literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def write_database(database: Path, target: Path) -> None:
    """Copy the marts of a database into a file of their own, read only, and put it in place in one step.

    Whoever has the file open keeps reading the old one. The tables are in the schema ``main``: DuckDB names
    the catalogue after the file, so ``marts.fct_ranking`` finds them as it does in the whole database, which
    a schema ``marts`` within ``marts.duckdb`` would make ambiguous. Keys stay out: their indexes are more
    than half of a file that nobody writes to.
    """
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(database)} as built (read_only)")
            connection.execute(f"attach {quoted(fresh)} as fresh (storage_version {quoted(STORAGE_VERSION)})")
            connection.execute("begin")
            for name, description, columns in connection.execute(COLUMNS).fetchall():
                copy_table(connection, name, description, columns)
            connection.execute("commit")
            # Detaching would not say that the disk is full.
            connection.execute("checkpoint fresh")
            connection.execute("detach fresh")
        fresh.chmod(0o444)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def copy_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    description: str | None,
    columns: list[Column],
) -> None:
    """Copy one mart with what its contract says: types, required columns, descriptions."""
    typed = (f'"{column["name"]}" {column["type"]}{" not null" * column["required"]}' for column in columns)
    connection.execute(f"create table fresh.{name} ({', '.join(typed)})")
    connection.execute(f"insert into fresh.{name} select * from built.marts.{name}")
    if description:
        connection.execute(f"comment on table fresh.{name} is {quoted(description)}")
    for column in columns:
        if column["description"]:
            words = quoted(column["description"])
            connection.execute(f'comment on column fresh.{name}."{column["name"]}" is {words}')


def write_parquet(connection: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    """Write the rows of a query; with one thread the same rows give the same bytes."""
    options = "format parquet, compression zstd, row_group_size 122880"
    connection.execute(f"copy ({rows}) to {quoted(path)} ({options})")


def write_csv(connection: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    """Write the rows of a query below their names; no text of theirs is a formula to a spreadsheet."""
    columns = connection.execute(f"describe {rows}").fetchall()
    texts = ", ".join(guarded_column(name) for name, kind, *_ in columns if kind == "VARCHAR")
    source = f"select * replace ({texts}) from ({rows})" if texts else rows
    connection.execute(f"copy ({source}) to {quoted(path)} (format csv, header true)")


def references(foreign_keys: str) -> dict[str, tuple[str, str]]:
    """Table and column that a column's values are members of, from ``fct_quality_table.foreign_keys``."""
    pairs = [pair.split(" = ") for pair in foreign_keys.split(", ") if pair]
    return {column: (target.split(".")[0], target.split(".")[1]) for column, target in pairs}
