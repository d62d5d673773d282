"""What dbt's tests and the gates found, kept in the released database under the schema ``quality``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scripts.build import Outcome
from scripts.failures import BROKEN, guarded, rule
from scripts.marts import quoted
from scripts.release.gates import GATES, GateResult

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult

LAYERS = GATES / "layers.csv"
# Rows kept of each rule; the count is kept in full.
ROWS_KEPT = 1000
STATUSES = {"pass": "passed", "success": "passed", "warn": "warned", "skipped": "skipped"}

GATE_RESULT = """
create or replace table {schema}.gate_result (
    name varchar not null,
    kind varchar not null,
    layer varchar not null,
    severity varchar not null,
    status varchar not null,
    rows_failing bigint not null,
    rows_accepted bigint not null,
    rule varchar not null,
    guards varchar,
    why_it_matters varchar not null,
    where_to_look varchar not null,
    primary key (kind, name)
)
"""

GATE_FAILURE = """
create or replace table {schema}.gate_failure (
    name varchar not null,
    kind varchar not null,
    place bigint not null,
    subject varchar not null,
    found varchar not null,
    accepted_reason varchar,
    primary key (kind, name, place)
)
"""

COMMENTS = {
    ("gate_result", ""): "One row per gate and dbt test of the release: what it found.",
    ("gate_result", "name"): "Gate or test.",
    ("gate_result", "kind"): "gate, data_test or unit_test.",
    ("gate_result", "layer"): "What the rule guards, gates/layers.csv.",
    ("gate_result", "severity"): "error blocks a release, warn is listed in its notes.",
    ("gate_result", "status"): "passed, warned, failed, skipped, or not compared for want of a last release.",
    ("gate_result", "rows_failing"): "Rows that break the rule.",
    ("gate_result", "rows_accepted"): "Rows a person accepted, gates/accepted.csv.",
    ("gate_result", "rule"): "The rule in words.",
    ("gate_result", "guards"): "Seed or model of a test.",
    ("gate_result", "why_it_matters"): "What goes wrong if it is broken.",
    ("gate_result", "where_to_look"): "Where to mend it.",
    ("gate_failure", ""): "One row per row that breaks a rule, up to 1,000 of each, and per row accepted.",
    ("gate_failure", "name"): "Gate or test.",
    ("gate_failure", "kind"): "gate, data_test or unit_test.",
    ("gate_failure", "place"): "Order of the row.",
    ("gate_failure", "subject"): "What the row is about.",
    ("gate_failure", "found"): "The row, as JSON.",
    ("gate_failure", "accepted_reason"): "Why a person accepted it; empty where nobody did.",
}


def test_row(tested: NodeResult, root: Path) -> tuple[object, ...]:
    """One of dbt's tests; its layer is looked up by its file."""
    from dbt.contracts.graph.nodes import GenericTestNode, SingularTestNode

    node = tested.node
    severity = "warn" if str(getattr(node.config, "severity", "error")).lower() == "warn" else "error"
    status = "failed" if tested.status in BROKEN else STATUSES.get(str(tested.status), str(tested.status))
    if isinstance(node, GenericTestNode | SingularTestNode):
        guards, stated = guarded(node, root), rule(node)
    else:
        guards = "model " + node.unique_id.split(".")[2]
        stated = " ".join((node.description or "").split())
    path = node.original_file_path
    failing = 0 if status in ("passed", "skipped") else tested.failures or 0
    stated = stated or words(node.name)
    kind = "unit_test" if node.resource_type.value == "unit_test" else "data_test"
    return (node.name, kind, path, severity, status, failing, 0, stated, guards, None, path)


def words(name: str) -> str:
    """A name of snake case as a sentence: tests are named by their rule."""
    return name.replace("_", " ").capitalize() + "."


def gate_row(found: GateResult) -> tuple[object, ...]:
    """One gate."""
    path = f"gates/{found.gate}.sql"
    counts = (found.rows_found, len(found.accepted))
    told = (found.rule, None, found.why, found.where)
    return (found.gate, "gate", path, found.severity, found.status, *counts, *told)


def as_json(header: Sequence[str], row: Sequence[object]) -> str:
    """A row with its column names."""
    cells = (round(cell, 9) if isinstance(cell, float) else cell for cell in row)
    return json.dumps(dict(zip(header, cells, strict=True)), default=str)


def failure_rows(found: GateResult) -> list[tuple[object, ...]]:
    """The rows of one gate, those that break the rule before those accepted."""
    rows = [(str(row[0]), as_json(found.header, row)) for row in found.rows]
    kept: list[tuple[object, ...]] = [(*row, None) for row in rows[:ROWS_KEPT]]
    kept += [(subject, "{}", reason) for subject, reason in found.accepted]
    return [(found.gate, "gate", place, *row) for place, row in enumerate(kept, start=1)]


def failing_test_rows(tested: NodeResult, connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """The rows of a test of severity warn that found some; one of severity error stops the build before."""
    query = getattr(tested.node, "compiled_code", None)
    if str(tested.status) != "warn" or not query:
        return []
    cursor = connection.execute(f"select * from (\n{query}\n) as failing limit {ROWS_KEPT}")
    header = [column[0] for column in cursor.description]
    return [
        (
            tested.node.name,
            "data_test",
            place,
            str(row[0]),
            as_json(header, row),
            None,
        )
        for place, row in enumerate(cursor.fetchall(), start=1)
    ]


def write(
    database: Path,
    outcome: Outcome | None,
    gates: Sequence[GateResult],
    root: Path,
    schema: str = "quality",
) -> None:
    """Write both tables into a database; the layers come from one file."""
    tested = [
        found
        for found in (outcome.results if outcome else ())
        if found.node.resource_type.value in ("test", "unit_test")
    ]
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create schema if not exists {schema}")
        connection.execute(GATE_RESULT.format(schema=schema))
        connection.execute(GATE_FAILURE.format(schema=schema))
        failing = [row for found in tested for row in failing_test_rows(found, connection)]
        failing += [row for found in gates for row in failure_rows(found)]
        results = [test_row(found, root) for found in tested] + [gate_row(found) for found in gates]
        connection.execute(
            "create temp table found (name varchar, kind varchar, path varchar, severity varchar, "
            "status varchar, rows_failing bigint, rows_accepted bigint, rule varchar, guards varchar, "
            "why varchar, look varchar)"
        )
        connection.executemany("insert into found values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", results)
        # The first pattern that matches names the layer.
        connection.execute(
            f"""
            insert into {schema}.gate_result
            with layers as (
                select row_number() over () as place, *
                from read_csv(?, header = true, all_varchar = true)
            )
            select
                found.name, found.kind, coalesce(layers.layer, 'not in layers.csv'), found.severity,
                found.status,
                found.rows_failing, found.rows_accepted, found.rule, found.guards,
                coalesce(found.why, layers.purpose, 'not in layers.csv'), found.look
            from found
            left join layers on found.path like layers.pattern
            qualify row_number() over (partition by found.kind, found.name order by layers.place) = 1
            order by found.kind, found.name
            """,
            [str(LAYERS)],
        )
        if failing:
            connection.executemany(f"insert into {schema}.gate_failure values (?, ?, ?, ?, ?, ?)", failing)
        for (table, column), comment in COMMENTS.items():
            target = f"column {schema}.{table}.{column}" if column else f"table {schema}.{table}"
            connection.execute(f"comment on {target} is {quoted(comment)}")
        # Closing would not say that the disk is full.
        connection.execute("checkpoint")
