"""Attach a database of another release under the names of today.

What was renamed since a release stands in ``gates/former_names.csv``: a table is read under its name of
today, a column as well, in whichever table it stands, and a measure's id in every column ``measure_id``. A
table that another was split off from is read under that name, too (``also``). What was not renamed is read
as it is. A row can go once no release that anyone compares with has the former name.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import duckdb

from scripts.marts import quoted

NAMES = Path(__file__).resolve().parents[1] / "gates" / "former_names.csv"
KINDS = ("table", "column", "measure", "also")
COLUMNS = """
select schema_name || '.' || table_name, list(column_name order by column_index)
from duckdb_columns()
where database_name = ?
group by all
order by 1
"""


@cache
def former_names() -> dict[str, dict[str, str]]:
    """By kind: names of today of tables (with their schema), columns and measures, each by the former one."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {kind: {row["former"]: row["now"] for row in rows if row["kind"] == kind} for kind in KINDS}


def attach(connection: duckdb.DuckDBPyConnection, name: str, database: Path) -> None:
    """Attach a database, read only, as ``name``; one with former names as views over it under those of today.

    Args:
        connection: Where to attach it.
        name: What to call it in queries.
        database: The file.
    """
    connection.execute(f"attach {quoted(database.resolve())} as {name} (read_only)")
    names = former_names()
    found = dict(connection.execute(COLUMNS, [name]).fetchall())
    renamed = {
        table: [column for column in held if names["column"].get(column, column) not in held]
        for table, held in found.items()
    }
    apart = {table: now for table, now in names["also"].items() if table in found and now not in found}
    if not apart and not any(table in names["table"] or columns for table, columns in renamed.items()):
        return
    connection.execute(f"detach {name}")
    connection.execute(f"attach {quoted(database.resolve())} as {name}_as_it_was (read_only)")
    connection.execute(f"attach ':memory:' as {name}")
    for table, columns in renamed.items():
        words = ", ".join(f"{column} as {names['column'][column]}" for column in columns)
        read = f"* {f'rename ({words})' if words else ''}"
        if apart and "measure_id" in found[table]:
            cases = " ".join(f"when '{former}' then '{now}'" for former, now in names["measure"].items())
            read = f"* replace (case measure_id {cases} else measure_id end as measure_id)"
            read += f" {f'rename ({words})' if words else ''}"
        now = names["table"].get(table, table)
        # A table that was split had a row for each use of what now stands in it once.
        once = " qualify 1 = row_number() over (partition by measure_id)" if table in apart else ""
        for known_as, only in ((now, once), *([(apart[table], "")] if table in apart else [])):
            connection.execute(f"create schema if not exists {name}.{known_as.split('.')[0]}")
            connection.execute(
                f"create view {name}.{known_as} as from (select {read} from {name}_as_it_was.{table}){only}"
            )
