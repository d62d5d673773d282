"""Attach a database of another release under the names of today.

What was renamed since a release stands in ``gates/former_names.csv``: a table is read under its name of
today, a column as well, in whichever table it stands. What was not renamed is read as it is. A row can go
once no release that anyone compares with has the former name.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from scripts.marts import quoted

NAMES = Path(__file__).resolve().parents[1] / "gates" / "former_names.csv"
KINDS = ("table", "column")
COLUMNS = """
select schema_name || '.' || table_name, list(column_name order by column_index)
from duckdb_columns()
where database_name = ?
group by all
order by 1
"""


def former_names() -> tuple[dict[str, str], dict[str, str]]:
    """Names of tables (with their schema) and of columns, each by the former one."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tables, columns = ({row["former"]: row["now"] for row in rows if row["kind"] == kind} for kind in KINDS)
    return tables, columns


def attach(connection: duckdb.DuckDBPyConnection, name: str, database: Path) -> None:
    """Attach a database, read only, as ``name``; one with former names as views over it under those of today.

    Args:
        connection: Where to attach it.
        name: What to call it in queries.
        database: The file.
    """
    connection.execute(f"attach {quoted(database.resolve())} as {name} (read_only)")
    tables, columns = former_names()
    found = connection.execute(COLUMNS, [name]).fetchall()
    renamed = {
        table: [column for column in held if columns.get(column, column) not in held] for table, held in found
    }
    if not any(table in tables or named for table, named in renamed.items()):
        return
    connection.execute(f"detach {name}")
    connection.execute(f"attach {quoted(database.resolve())} as {name}_as_it_was (read_only)")
    connection.execute(f"attach ':memory:' as {name}")
    for table, named in renamed.items():
        now = tables.get(table, table)
        connection.execute(f"create schema if not exists {name}.{now.split('.')[0]}")
        words = ", ".join(f"{column} as {columns[column]}" for column in named)
        renaming = f" rename ({words})" if words else ""
        connection.execute(f"create view {name}.{now} as select *{renaming} from {name}_as_it_was.{table}")
