"""What went wrong in a build, in words and tables for the person who has to mend it."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scripts.interruptions import reason
from scripts.tables import aligned

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult
    from dbt.contracts.graph.nodes import GenericTestNode, SingularTestNode

    from scripts.build import Outcome

ROWS_SHOWN = 10
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
INTERNAL = ("compiled code at ", "> in macro ", "> called by ")
CELLS = re.compile(
    r"CSV Error on Line: (\d+)\nOriginal Line: (.*)\nExpected Number of Columns: (\d+) Found: (\d+)"
)
BROKEN = {"error", "fail", "runtime error"}


def guarded(node: GenericTestNode | SingularTestNode, root: Path) -> str:
    """The seeds and models a test guards, a seed with its file."""
    attached = getattr(node, "attached_node", None)
    names = []
    for unique_id in [attached] if attached else node.depends_on.nodes:
        kind, _, name = unique_id.split(".")[:3]
        # A seed of the user's own lies beside the YAML that has the test, behind a link.
        beside = (root / node.original_file_path).parent.resolve()
        files = [*root.glob(f"{kind}s/**/{name}.csv")] or [*beside.glob(f"{name}.csv")]
        shown = [path.relative_to(root) if path.is_relative_to(root) else path for path in files]
        names.append(" ".join([kind, name, *(f"({path.as_posix()})" for path in shown)]))
    return ", ".join(names)


def rule(node: GenericTestNode | SingularTestNode) -> str:
    """The rule a test states: its description, or what dbt's generic test of that name means."""
    stated = node.description or node.config.meta.get("rule", "")
    generic = getattr(node, "test_metadata", None)
    if not stated and generic:
        given = {name: value for name, value in generic.kwargs.items() if name != "model"}
        subject = given.pop("column_name", "the table")
        stated = f"{subject} is {generic.name} " + ", ".join(f"{name} {given[name]}" for name in given)
    return " ".join(stated.split())


def message(result: NodeResult) -> str:
    """The message of dbt without colours, its heading and the way it took through the macros."""
    lines = COLOUR.sub("", result.message or "").strip().splitlines()
    if lines and re.match(r"\w+ Error in ", lines[0]):
        lines = lines[1:]
    lines = [line for line in lines if not line.lstrip().startswith(INTERNAL)]
    if cells := CELLS.search(textwrap.dedent("\n".join(line.strip() for line in lines))):
        number, line, expected, found = cells.groups()
        return (
            f"Rule: every line of a seed has as many cells as its header.\n"
            f"Line {number} has {found} instead of {expected}: {line}"
        )
    return textwrap.dedent("\n".join(lines)).strip()


def by_rule(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a table; where they name the rule they break, a table for each rule, told in full."""
    if "rule" not in header:
        return aligned(header, rows)
    at = header.index("rule")
    parts = []
    for broken, group in groupby(sorted(rows, key=lambda row: str(row[at])), key=lambda row: str(row[at])):
        stated = textwrap.fill(f"Rule: {broken}", 102, subsequent_indent="    ")
        table = aligned(
            [name for name in header if name != "rule"], [[*row[:at], *row[at + 1 :]] for row in group]
        )
        parts.append(f"{stated}\n{textwrap.indent(table, '    ')}")
    return "\n".join(parts)


def failing_rows(node: GenericTestNode | SingularTestNode, database: Path) -> str:
    """The first rows a failing test returns."""
    query = node.compiled_code or ""
    generic = getattr(node, "test_metadata", None)
    if generic and generic.name == "not_null":
        # The test itself selects only the empty column; the rest of the row says where it is.
        query = re.sub(r"select \S+(?=\s+from)", "select *", query, count=1)
    query = f"select * from (\n{query}\n) as failing limit {ROWS_SHOWN}"
    with duckdb.connect(str(database), read_only=True) as connection:
        cursor = connection.execute(query)
        header = [column[0] for column in cursor.description]
        return by_rule(header, cursor.fetchall())


def described(result: NodeResult, database: Path, root: Path) -> str:
    """One failing node: what it is, the rule or error, and the rows at fault."""
    from dbt.contracts.graph.nodes import GenericTestNode, SingularTestNode

    node = result.node
    kind = node.resource_type.value.replace("_", " ").capitalize()
    if not isinstance(node, GenericTestNode | SingularTestNode):
        is_unit_test = node.resource_type.value == "unit_test"
        where = f"on {node.unique_id.split('.')[2]}, " if is_unit_test else ""
        heading = f"{kind} {node.name} ({where}{node.original_file_path})"
        return f"{heading}\n{textwrap.indent(message(result), '    ')}"
    lines = [f"{kind} {node.name} guards {guarded(node, root)}"]
    if stated := rule(node):
        lines.append(textwrap.fill(stated, 106, initial_indent="    Rule: ", subsequent_indent="    "))
    if result.status in ("fail", "warn"):
        failures = result.failures or 0
        first = f" The first {ROWS_SHOWN}:" if failures > ROWS_SHOWN else ""
        lines.append(f"    Rows that break it: {failures:,}.{first}")
        lines.append(textwrap.indent(failing_rows(node, database), "    "))
    else:
        lines.append(textwrap.indent(message(result), "    "))
    return "\n".join(lines)


def from_outside(outcome: Outcome, folder: Path) -> str:
    """What kept a build from going on, where that is nothing in the project: a full disk ends every node."""
    broken = [result.message for result in outcome.results if result.status in ("error", "runtime error")]
    said = (reason(told, folder) for told in [outcome.error, *broken] if told)
    return next(filter(None, said), "")


def warnings(results: Iterable[NodeResult], database: Path, root: Path) -> str:
    """Every test of a build that warns, with what it found."""
    warned = sorted((each for each in results if each.status == "warn"), key=lambda each: each.node.name)
    return "\n\n".join(described(each, database, root) for each in warned)


def report(results: Iterable[NodeResult], database: Path, root: Path) -> str:
    """Every failing node of a build; nodes skipped because of them are only counted."""
    results = sorted(results, key=lambda result: (result.node.resource_type.value, result.node.name))
    parts = [described(result, database, root) for result in results if result.status in BROKEN]
    skipped = Counter(str(result.status) for result in results)["skipped"]
    if skipped:
        parts.append(f"{skipped} further nodes depend on these and were skipped.")
    return "\n\n".join(parts)
