"""Release notes: what is new, which figures changed, and what that did to tables, top tens and ranks.

The comparisons are SQL (``scripts/release/queries``) over the last release and the new database; complete
lists go into the folder ``changes`` of the release, the notes show their beginnings.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.accepted import HEADER, accepted_in
from scripts.release.export import published
from scripts.release.gates import GateResult, compared, legible
from scripts.spreadsheets import guarded

QUERIES = Path(__file__).resolve().parent / "queries"
ROWS_SHOWN = 40
MOVES_SHOWN = 30
# Every council of one ranking: the newest overall stands in the notes, all are in the list.
METHOD_SHOWN = 153
SPREADS = "intermediate.int_rankings__lens_spreads"

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Comparison:
    """One list of the notes: its title, what to say where it is empty, and how much of it to show."""

    name: str
    title: str
    nothing: str
    shown: int = ROWS_SHOWN


COMPARISONS = (
    Comparison("new_things", "What is new", "The same rankings, measures and choices as the last release."),
    Comparison(
        "method_changed",
        "What the new method did to each rank",
        "The method is that of the last release.",
        METHOD_SHOWN,
    ),
    Comparison("interface", "Interface", "Every table and column promises what it did."),
    Comparison("seeds", "Figures and choices changed in the seeds", "Every row of every seed is the same."),
    Comparison("tables", "Tables changed", "Every row of every table is the same."),
    Comparison("new_top_tens", "Top tens of new rankings", "No edition or lens is ranked anew."),
    Comparison("top_tens", "Top tens that changed", "No top ten of the last release changed."),
    Comparison("new_moves", "Largest moves in new rankings", "No new ranking to compare.", MOVES_SHOWN),
    Comparison("moves", "Largest moves in released rankings", "No released rank moved.", MOVES_SHOWN),
)

# What stands in every release, whatever the last one held: query, title, what to say above it.
AS_IT_IS = (
    (
        "second_hand",
        "Second-hand figures",
        ("No file of the publisher is held of these; all other figures are read out of one.", ""),
    ),
    ("scorecard", "Scorecard", ()),
)


def query(name: str) -> str:
    """A query of the notes."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def columns(connection: duckdb.DuckDBPyConnection, side: str, table: str) -> list[str]:
    """The columns of a table, empty where there is no such table."""
    schema, name = table.split(".")
    found = connection.execute(
        "select column_name from duckdb_columns() "
        "where database_name = ? and schema_name = ? and table_name = ? order by column_index",
        [side, schema, name],
    )
    return [column for (column,) in found.fetchall()]


def changed_seeds(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], Rows]:
    """Rows of seeds that only one of the two holds: a changed row is one gone and one new."""
    names = connection.execute(
        "select distinct table_name from duckdb_columns() "
        "where schema_name = 'seeds' and database_name in ('after', 'before') order by 1"
    ).fetchall()
    rows: Rows = []
    for (name,) in names:
        sides = {side: columns(connection, side, f"seeds.{name}") for side in ("before", "after")}
        if sides["before"] != sides["after"]:
            rows.append((name, "columns changed", f"{sides['before']} -> {sides['after']}"))
            continue
        for change, one, other in (("gone", "before", "after"), ("new", "after", "before")):
            cells = ", ".join(f"coalesce({column}::varchar, '')" for column in sides[one])
            found = connection.execute(
                f"select concat_ws(',', {cells}) as line "
                f"from (from {one}.seeds.{name} except all from {other}.seeds.{name}) order by line"
            )
            rows += [(name, change, line) for (line,) in found.fetchall()]
    # Beside each other: what is gone and what took its place begin with the same key.
    rows.sort(key=lambda row: (str(row[0]), str(row[2]).split(",")[:3], row[1] != "gone", str(row[2])))
    return ["Seed", "Change", "Row"], rows


def changed_tables(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], Rows]:
    """How many rows of each mart are new, gone or changed, told apart by the mart's key."""
    connection.execute("use after")
    tables = [table for table in published(connection) if table.schema == "marts"]
    connection.execute("use memory")
    rows: Rows = []
    for table in tables:
        name, key = f"marts.{table.name}", ", ".join(table.key)
        new_columns, old_columns = columns(connection, "after", name), columns(connection, "before", name)
        if not old_columns:
            rows.append((table.name, "new table", "", ""))
            continue
        shared = ", ".join(column for column in new_columns if column in old_columns)
        if any(column not in old_columns for column in table.key):
            rows.append((table.name, "another key", "", ""))
            continue
        ((new, gone, differ),) = connection.execute(
            f"""
            select
                (select count(*) from after.{name} anti join before.{name} using ({key})),
                (select count(*) from before.{name} anti join after.{name} using ({key})),
                (select count(*) from (
                    select {shared} from after.{name} except all select {shared} from before.{name}
                ))
            """
        ).fetchall()
        if new or gone or differ or new_columns != old_columns:
            rows.append((table.name, new, gone, differ - new))
    return ["Table", "Rows new", "Rows gone", "Rows changed"], rows


def prepared(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of every rank in both releases, which two lists are taken from."""
    is_held = bool(columns(connection, "before", SPREADS))
    without = f"select * replace (1 as spread_scale) from after.{SPREADS}"
    spreads = f"from before.{SPREADS}" if is_held else without
    connection.execute(f"create temporary view spreads_before as {spreads}")
    connection.execute(f"create temporary table rank_changes as {query('rank_changes')}")


def compare(after: Path, before: Path) -> dict[str, tuple[list[str], Rows]]:
    """Every comparison of the notes, complete."""
    lists: dict[str, tuple[list[str], Rows]] = {}
    with compared(after, before) as connection:
        prepared(connection)
        for comparison in COMPARISONS:
            if comparison.name == "seeds":
                lists["seeds"] = changed_seeds(connection)
            elif comparison.name == "tables":
                lists["tables"] = changed_tables(connection)
            else:
                cursor = connection.execute(query(comparison.name))
                lists[comparison.name] = ([column[0] for column in cursor.description], cursor.fetchall())
    return lists


def write_lists(lists: dict[str, tuple[list[str], Rows]], folder: Path) -> None:
    """Write the complete lists, each as a CSV."""
    (folder / "changes").mkdir(exist_ok=True)
    for name, (header, rows) in lists.items():
        with (folder / "changes" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([title.lower().replace(" ", "_") for title in header])
            writer.writerows(
                [guarded(value) if isinstance(value, str) else value for value in row] for row in rows
            )


def markdown(header: Sequence[str], rows: Rows) -> list[str]:
    """Rows as a table of Markdown."""

    def cell(value: object) -> str:
        text = "" if value is None else str(legible(value))
        return " ".join(text.split()).replace("|", "\\|")

    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return [*lines, *("| " + " | ".join(cell(value) for value in row) + " |" for row in rows)]


def section(comparison: Comparison, header: list[str], rows: Rows) -> list[str]:
    """One list of the notes, cut where it is long."""
    lines = [f"## {comparison.title}", ""]
    if not rows:
        return [*lines, comparison.nothing, ""]
    lines += markdown(header, rows[: comparison.shown])
    if len(rows) > comparison.shown:
        lines += ["", f"The first {comparison.shown} of {len(rows):,}; all in "]
        lines[-1] += f"`changes/{comparison.name}.csv`."
    return [*lines, ""]


def gate_lines(gates: Sequence[GateResult], tests: dict[str, int], against_tests: Rows) -> list[str]:
    """What the gates and tests found, warnings in full view."""
    counts = Counter(found.status for found in gates)
    told = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
    lines = ["## Gates", "", f"{len(gates)} gates: {told}. Tests of the build: "]
    lines[-1] += ", ".join(f"{number:,} {status}" for status, number in sorted(tests.items())) + "."
    lines += ["All of them, with rule and rows: tables `quality.gate_result` and `quality.gate_failure`.", ""]
    for found in gates:
        if found.rows_found:
            lines += [f"### Warning: {found.gate}", "", found.rule, "", f"{found.why} {found.where}", ""]
            lines += markdown(found.header, list(found.rows[:ROWS_SHOWN]))
            if found.rows_found > ROWS_SHOWN:
                lines += ["", f"The first {ROWS_SHOWN} of {found.rows_found:,}."]
            lines.append("")
    accepted: Rows = [(found.gate, *row) for found in gates for row in found.accepted]
    if accepted:
        lines += ["### Accepted by a person", "", *markdown(["Gate", "Row", "Reason"], accepted), ""]
    if against_tests:
        lines += ["### Accepted by a person against a data test", "", *markdown(HEADER, against_tests), ""]
    return lines


def write(
    folder: Path,
    database: Path,
    before: Path | None,
    gates: Sequence[GateResult],
    tests: dict[str, int],
    facts: dict[str, str],
) -> None:
    """Write the notes, and the complete lists where there is a last release."""
    lines = [f"# Release {facts['Version']}", ""]
    lines += [*markdown(["", ""], [(name, fact) for name, fact in facts.items() if fact]), ""]
    if before is None:
        lines += ["This is the first release: there is nothing to compare it with.", ""]
    else:
        lists = compare(database, before)
        write_lists(lists, folder)
        for comparison in COMPARISONS:
            lines += section(comparison, *lists[comparison.name])
    lines += gate_lines(gates, tests, [*accepted_in(database)])
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as after (read_only)")
        for name, title, note in AS_IT_IS:
            cursor = connection.execute(query(name))
            header = [column[0] for column in cursor.description]
            lines += [f"## {title}", "", *note, *markdown(header, cursor.fetchall()), ""]
    more = ", ".join(f"`marts.fct_quality_{subject}`" for subject in ("measure", "lens", "publication"))
    lines += [f"More in the tables {more}.", ""]
    (folder / "RELEASE_NOTES.md").write_text("\n".join(lines), encoding="utf-8")
