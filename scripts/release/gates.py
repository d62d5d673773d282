"""Run the release gates on a database, compared with the last release's where there is one.

    python -m scripts.release.gates AFTER [BEFORE]

A gate is a file of SQL in ``gates``: its first comments state the rule, its severity (error blocks a
release, warn is listed in its notes), why it matters and where to look; the query returns the rows that
break the rule, the first column naming each. Rows accepted by a person stand in ``gates/accepted.csv``
and no longer block, as long as no newer edition is ranked than the row says: they are told as warnings.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from scripts.former import attach
from scripts.interruptions import reason
from scripts.marts import quoted
from scripts.release import interface
from scripts.tables import aligned

ROOT = Path(__file__).resolve().parents[2]
GATES = ROOT / "gates"
ACCEPTED = GATES / "accepted.csv"
ACCEPTED_COLUMNS = "gate, subject, reason, last_edition"
ROWS_SHOWN = 10
# What several gates read: once on each database, then over both.
SHARED_PER_SIDE = (
    *("series", "changes", "steps", "correlations", "choices", "regions", "parts", "together"),
    *("texts", "deflators", "contexts"),
)
SHARED_OVER_BOTH = ("seen", "jumps", "revisions", "interface_changes", "region_limits", "together_limits")
HEADER = {"rule": "Rule", "severity": "Severity", "compares": "Compares", "why": "Why it matters"}
HEADER |= {"where": "Where to look"}
LAST_RELEASE_ONLY = "with the last release"


@dataclass(frozen=True)
class Gate:
    """One gate as its file states it."""

    name: str
    severity: str
    rule: str
    compares: str
    why: str
    where: str
    query: str

    @property
    def needs_last_release(self) -> bool:
        """Whether the gate says nothing about a first release."""
        return self.compares == LAST_RELEASE_ONLY


@dataclass(frozen=True)
class GateResult:
    """What one gate found; a gate that could not run has the error as its only row."""

    gate: str
    severity: str
    rule: str
    why: str
    where: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    rows_found: int
    accepted: tuple[tuple[str, str], ...] = ()
    compared: bool = True

    @property
    def status(self) -> str:
        """Passed, failed, warned, or not compared for want of a last release."""
        if not self.compared:
            return "not compared"
        if not self.rows_found:
            return "warned" if self.accepted else "passed"
        return "failed" if self.severity == "error" else "warned"


class GateFileError(Exception):
    """A gate's file does not state what it has to."""


def gate(path: Path) -> Gate:
    """Read one gate."""
    text = path.read_text(encoding="utf-8")
    stated: dict[str, str] = {}
    name = None
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        found = re.match(r"-- ([A-Z][A-Za-z ]+): (.*)", line)
        if found and (found[1] in HEADER.values() or found[1] == "Threshold"):
            name = found[1]
            stated[name] = found[2]
        elif name:
            stated[name] += " " + line.removeprefix("--").strip()
    missing = [label for label in HEADER.values() if label not in stated]
    if missing or stated["Severity"] not in ("error", "warn"):
        raise GateFileError(f"{path.name} does not state {', '.join(missing) or 'error or warn'}")
    return Gate(name=path.stem, query=text, **{key: stated[label] for key, label in HEADER.items()})


def all_gates(folder: Path = GATES) -> list[Gate]:
    """Every gate, by name."""
    return [gate(path) for path in sorted(folder.glob("*.sql"))]


def shared(name: str, folder: Path = GATES) -> str:
    """A query that several gates read."""
    return (folder / "shared" / f"{name}.sql").read_text(encoding="utf-8")


def read_side(connection: duckdb.DuckDBPyConnection, side: str) -> None:
    """Make the tables that several gates read of a database, attached as ``after`` or ``before``."""
    connection.execute(f"use {side}")
    for name in SHARED_PER_SIDE:
        # The shared queries name each other without a side; the views below say whose is meant.
        connection.execute(f"create or replace temp table {name}_{side} as {shared(name)}")
        connection.execute(f"create or replace temp view {name} as from {name}_{side}")
    connection.execute("use memory")


@contextmanager
def opened(after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a database attached, read only, and what several gates read of it."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(after.resolve())} as after (read_only)")
        connection.execute(shared("macros"))
        read_side(connection, "after")
        interface.attach(connection, "after", after)
        yield connection


def set_beside(connection: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """Attach the last release, if there is one, with what several gates read of it and of both."""
    if before is None:
        for name in SHARED_PER_SIDE:
            connection.execute(f"create or replace temp table {name}_before as from {name}_after limit 0")
    else:
        attach(connection, "before", before)
        read_side(connection, "before")
    interface.attach(connection, "before", before)
    for name in SHARED_OVER_BOTH:
        connection.execute(f"create or replace temp table {name} as {shared(name)}")


@contextmanager
def compared(after: Path, before: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with both databases attached, read only, and the tables that several gates read."""
    with opened(after) as connection:
        set_beside(connection, before)
        yield connection


def accepted_rows(path: Path, newest: str) -> dict[tuple[str, str], str]:
    """The rows that a person has accepted, with the reason; ``newest`` is the newest edition ranked.

    Raises:
        GateFileError: A row has no reason, or has run out.
    """
    if not path.exists():
        return {}
    with duckdb.connect() as connection:
        query = f"select {ACCEPTED_COLUMNS} from read_csv(?, header = true, all_varchar = true)"
        rows = connection.execute(query, [str(path)]).fetchall()
    if unexplained := [f"{name} {row}" for name, row, why, _ in rows if not (why or "").strip()]:
        raise GateFileError(f"{path.name} gives no reason for {', '.join(unexplained)}")
    if run_out := [f"{name} {row}" for name, row, _, last in rows if (last or "") < newest]:
        raise GateFileError(
            f"{path.name}: {newest} is ranked, and what was accepted until an edition before has to be "
            f"judged anew: {', '.join(run_out)}"
        )
    return {(name, subject): reason for name, subject, reason, _ in rows}


def newest_ranked(connection: duckdb.DuckDBPyConnection) -> str:
    """The newest edition that the database ranks; empty where it ranks none."""
    query = "select max(edition) from series_after where kind = 'outcome'"
    ((edition,),) = connection.execute(query).fetchall()
    return str(edition or "")


def result(
    checked: Gate, connection: duckdb.DuckDBPyConnection, accepted: dict[tuple[str, str], str]
) -> GateResult:
    """Run one gate."""
    told = partial(GateResult, gate=checked.name, rule=checked.rule, why=checked.why, where=checked.where)
    try:
        cursor = connection.execute(checked.query)
        header = tuple(column[0] for column in cursor.description)
        found = cursor.fetchall()
    except duckdb.Error as error:
        if reason(error):
            raise
        # A gate that cannot be asked must not be taken for one that has passed.
        return told(severity="error", header=("error",), rows=((str(error),),), rows_found=1)
    rows = tuple(row for row in found if (checked.name, str(row[0])) not in accepted)
    let_pass = dict.fromkeys(str(row[0]) for row in found if (checked.name, str(row[0])) in accepted)
    reasons = tuple((subject, accepted[checked.name, subject]) for subject in let_pass)
    return told(severity=checked.severity, header=header, rows=rows, rows_found=len(rows), accepted=reasons)


def run_gates(
    after: Path,
    before: Path | None,
    only: Sequence[str] = (),
    folder: Path = GATES,
    accepted: Path | None = None,
) -> list[GateResult]:
    """Run every gate, or only those named, on ``after``, compared with ``before`` where there is one."""
    chosen = [checked for checked in all_gates(folder) if not only or checked.name in only]
    with compared(after, before) as connection:
        let_pass = accepted_rows(accepted or folder / ACCEPTED.name, newest_ranked(connection))
        return asked(connection, chosen, let_pass, before is not None)


def run_gates_alone_and_beside(after: Path, before: Path) -> tuple[list[GateResult], list[GateResult]]:
    """Run every gate on a database by itself, as on a first release, and then compared with another."""
    with opened(after) as connection:
        let_pass = accepted_rows(ACCEPTED, newest_ranked(connection))
        set_beside(connection, None)
        alone = asked(connection, all_gates(), let_pass, False)
        set_beside(connection, before)
        return alone, asked(connection, all_gates(), let_pass, True)


def asked(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Gate],
    accepted: dict[tuple[str, str], str],
    is_compared: bool,
) -> list[GateResult]:
    """Run gates on a connection; those that need a last release only where there is one."""
    results = []
    for checked in chosen:
        if checked.needs_last_release and not is_compared:
            told = (checked.name, checked.severity, checked.rule, checked.why, checked.where)
            results.append(GateResult(*told, header=(), rows=(), rows_found=0, compared=False))
        else:
            results.append(result(checked, connection, accepted))
    return results


def blocking(results: Sequence[GateResult]) -> list[GateResult]:
    """Gates of severity error that found rows."""
    return [found for found in results if found.status == "failed"]


def legible(cell: object) -> object:
    """A cell as a person reads it: a number to six digits; the table of failures has it in full."""
    return cell if not isinstance(cell, float) else f"{cell:.6g}" if abs(cell) < 1e6 else f"{cell:.0f}"


def told(found: GateResult) -> str:
    """One gate that found rows, for the person who has to look."""
    lines = [f"{found.severity.capitalize()}: {found.gate}"]
    for label, text in (("Rule", found.rule), ("Why it matters", found.why), ("Where to look", found.where)):
        stated = f"{label}: {text}"
        lines.append(textwrap.fill(stated, 106, initial_indent="    ", subsequent_indent="        "))
    first = f" The first {ROWS_SHOWN}:" if found.rows_found > ROWS_SHOWN else ""
    lines.append(f"    Rows that break it: {found.rows_found:,}.{first}")
    rows = [[legible(cell) for cell in row] for row in found.rows[:ROWS_SHOWN]]
    lines.append(textwrap.indent(aligned(found.header, rows), "    "))
    return "\n".join(lines)


def report(results: Sequence[GateResult]) -> str:
    """Every gate on a line, then those that found rows with their first rows."""
    lines = [(found.status, found.severity, found.gate, f"{found.rows_found:,}") for found in results]
    parts = [aligned(["Status", "Severity", "Gate", "Rows"], lines, ["Rows"])]
    parts += [told(found) for found in results if found.rows_found]
    accepted = [(found.gate, *row) for found in results for row in found.accepted]
    if accepted:
        parts.append("Accepted by a person:\n" + aligned(["Gate", "Row", "Reason"], accepted))
    return "\n\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    """Print what the gates say; the exit status is 1 if one of them blocks."""
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    before = Path(arguments[1]) if len(arguments) == 2 else None
    results = run_gates(Path(arguments[0]), before)
    print(report(results))
    return 1 if blocking(results) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
