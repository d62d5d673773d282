"""What every client is asked of every mart, and whether its answer is DuckDB's."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from scripts.tables import aligned, cut

NUMERIC = ("DOUBLE", "BIGINT")
# Sums of floating-point numbers depend on their order in the last places.
TOLERANCE = 1e-9
WIDEST_QUERY = 44


@dataclass(frozen=True)
class Question:
    """A mart, its columns, and an aggregate that needs its values and not only its length."""

    mart: str
    columns: tuple[str, ...]
    aggregate: str
    rows: int
    value: float | None


@dataclass(frozen=True)
class Answer:
    """What a client found, or the error it gave."""

    mart: str
    columns: tuple[str, ...] = ()
    rows: int | None = None
    value: float | None = None
    error: str = ""
    seconds: float = 0


def aggregate_of(connection: duckdb.DuckDBPyConnection, mart: str, columns: Sequence[tuple[str, str]]) -> str:
    """The sum of the last column of numbers that holds any; else how many values the first column has."""
    (held,) = connection.execute(f"select count(columns(*)) from {mart}").fetchall()
    filled = [column for column, values in zip(columns, held, strict=True) if values]
    for kind in NUMERIC:
        for name, its_kind in reversed(filled):
            if its_kind == kind:
                return f"sum({name})"
    return f"count(distinct {columns[0][0]})"


def questions(marts: Path) -> list[Question]:
    """A question for every mart, answered by DuckDB itself."""
    found = []
    with duckdb.connect(str(marts), read_only=True) as connection:
        listed = connection.execute(
            "select table_name, list((column_name, data_type) order by column_index) "
            "from duckdb_columns() where not internal group by table_name order by table_name"
        ).fetchall()
        for mart, columns in listed:
            aggregate = aggregate_of(connection, mart, columns)
            [(rows, value)] = connection.execute(f"select count(*), {aggregate} from {mart}").fetchall()
            names = tuple(name for name, _ in columns)
            found.append(Question(mart, names, aggregate, rows, None if value is None else float(value)))
    return found


def fault(question: Question, answer: Answer | None) -> str:
    """What is wrong with an answer; empty where nothing is."""
    if answer is None:
        return "not listed"
    if answer.error:
        return answer.error
    if answer.columns != question.columns:
        different = sorted(set(answer.columns) ^ set(question.columns))
        return f"columns differ: {', '.join(different) or 'another order'}"
    if answer.rows != question.rows:
        return f"{answer.rows} rows instead of {question.rows}"
    if answer.value is None or question.value is None:
        return "" if answer.value == question.value else f"{answer.value} instead of {question.value}"
    if not math.isclose(answer.value, question.value, rel_tol=TOLERANCE):
        return f"{answer.value!r} instead of {question.value!r}"
    return ""


def asked(mart: str, ask: Callable[[], tuple[Iterable[str], int, float | None]]) -> Answer:
    """Ask a client for columns, rows and aggregate of one mart; an error is an answer, too."""
    started = time.monotonic()
    try:
        columns, rows, value = ask()
    except Exception as error:
        return Answer(mart, error=f"{type(error).__name__}: {error}", seconds=time.monotonic() - started)
    number = None if value is None else float(value)
    return Answer(mart, tuple(columns), int(rows), number, seconds=time.monotonic() - started)


def compared(client: str, asked_of: Sequence[Question], answers: Iterable[Answer]) -> int:
    """Print what the client answered, mart by mart; returns how many answers are wrong."""
    by_mart = {answer.mart: answer for answer in answers}
    rows, complaints = [], []
    for question in asked_of:
        answer = by_mart.get(question.mart)
        complaint = fault(question, answer)
        complaints += [f"{question.mart}: {complaint}"] if complaint else []
        value = "" if question.value is None else f"{question.value:,.6g}"
        seconds = f"{answer.seconds:.2f}" if answer else ""
        result = "differs" if complaint else "same"
        query = cut(question.aggregate, WIDEST_QUERY)
        rows.append((question.mart, f"{question.rows:,}", query, value, result, seconds))
    header = ("Mart", "Rows", "Query", "DuckDB", "Client", "Seconds")
    print(f"{client}\n{aligned(header, rows, right=('Rows', 'DuckDB', 'Seconds'))}")
    print("".join(f"\n{complaint}" for complaint in complaints))
    same, spent = len(rows) - len(complaints), sum(answer.seconds for answer in by_mart.values())
    print(f"{client}: {same} of {len(rows)} marts the same, {len(complaints)} different, {spent:.1f} s.\n")
    return len(complaints)


def to_json(asked_of: Sequence[Question]) -> str:
    """Questions for a client that runs in another environment."""
    return json.dumps([asdict(question) for question in asked_of])


def from_json(text: str) -> list[Answer]:
    """Answers of a client that ran in another environment."""
    return [Answer(**row | {"columns": tuple(row["columns"])}) for row in json.loads(text)]
