"""Whether the marts that another engine built are those of DuckDB: columns, types, keys, rows, every value.

The other engine hands its marts over as Parquet, one file (or folder of files) per mart; DuckDB compares.
Numbers of type double may differ by 1e-9, absolutely or relative to the larger; everything else - text, whole
numbers and with them ranks, dates, booleans, nulls - is equal or it is a difference.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from scripts.build import DATABASE, draw_variables, is_current
from scripts.checksums import checksum
from scripts.tables import aligned

TOLERANCE = 1e-9
EXAMPLES = 3


class NoReferenceError(Exception):
    """DuckDB's own marts could not be built."""


@dataclass
class Comparison:
    """What comparing one mart came to."""

    mart: str
    rows: int = 0
    values: int = 0
    largest_difference: float = 0
    differences: list[str] = field(default_factory=list)


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    """Columns of a relation and their types, in their order."""
    return {row[0]: row[1] for row in connection.execute(f"describe select * from {relation}").fetchall()}


def same(column: str, kind: str) -> str:
    """The condition under which the two values of a column are the same."""
    ours, theirs = f"ours.{quoted(column)}", f"theirs.{quoted(column)}"
    exact = f"{ours} is not distinct from {theirs}"
    if kind != "DOUBLE":
        return f"({exact})"
    # A null on one side makes the second half null, which is no yes; infinity would be near everything.
    near = f"abs({ours} - {theirs}) <= {TOLERANCE} * greatest(1, abs({ours}), abs({theirs}))"
    return f"({exact} or coalesce(isfinite({ours}) and isfinite({theirs}) and {near}, false))"


def examples(
    connection: duckdb.DuckDBPyConnection, joined: str, key: Sequence[str], column: str, kind: str
) -> str:
    """The first rows in which a column differs, as text."""
    place = ", ".join(f"coalesce(ours.{quoted(name)}, theirs.{quoted(name)})::varchar" for name in key)
    found = connection.execute(
        f"select concat_ws(' | ', {place}), ours.{quoted(column)}, theirs.{quoted(column)} {joined} "
        f"where not {same(column, kind)} order by 1 limit {EXAMPLES}"
    ).fetchall()
    return "; ".join(f"{where}: {ours!r} against {theirs!r}" for where, ours, theirs in found)


def compared(
    connection: duckdb.DuckDBPyConnection, mart: str, ours: str, theirs: str, key: Sequence[str]
) -> Comparison:
    """Compare two relations of one connection, row by row of their key and column by column."""
    found = Comparison(mart)
    columns, their_columns = columns_of(connection, ours), columns_of(connection, theirs)
    if list(columns) != list(their_columns):
        missing = [name for name in columns if name not in their_columns]
        added = [name for name in their_columns if name not in columns]
        what = [f"without {', '.join(missing)}"] * bool(missing) + [f"with {', '.join(added)}"] * bool(added)
        found.differences.append(f"columns: {' and '.join(what) or 'in another order'}")
    for name, kind in columns.items():
        if their_columns.get(name, kind) != kind:
            found.differences.append(f"{name}: {kind} against {their_columns[name]}")
    if not set(key) <= set(columns) & set(their_columns):
        found.differences.append(f"the key {', '.join(key)} is not there on both sides")
        return found

    counts = [
        connection.execute(
            f"select count(*), count(distinct ({', '.join(map(quoted, key))},)) from {relation}"
        ).fetchall()[0]
        for relation in (ours, theirs)
    ]
    found.rows = counts[0][0]
    if counts[0][0] != counts[1][0]:
        found.differences.append(f"rows: {counts[0][0]} against {counts[1][0]}")
    found.differences += [
        f"{where}: {rows - keys} rows repeat a key"
        for where, (rows, keys) in zip(("DuckDB", "the other"), counts, strict=True)
        if rows != keys
    ]

    on = " and ".join(f"ours.{quoted(name)} is not distinct from theirs.{quoted(name)}" for name in key)
    sides = [
        f"(select *, true as is_there from {relation}) as {side}"
        for relation, side in ((ours, "ours"), (theirs, "theirs"))
    ]
    joined = f"from {sides[0]} inner join {sides[1]} on {on}"
    for side, other, where in (("ours", "theirs", "DuckDB"), ("theirs", "ours", "the other")):
        only = connection.execute(
            f"select count(*), min({quoted(side)}) from (select concat_ws(' | ', "
            f"{', '.join(f'{side}.{quoted(name)}' for name in key)}) as {quoted(side)} "
            f"from {sides[0]} full join {sides[1]} on {on} where {other}.is_there is null)"
        ).fetchall()[0]
        if only[0]:
            found.differences.append(f"{only[0]} rows only in {where}, first {only[1]}")

    shared = {name: kind for name, kind in columns.items() if their_columns.get(name) == kind}
    measures = [f"count(*) filter (not {same(name, kind)})" for name, kind in shared.items()]
    doubles = [name for name, kind in shared.items() if kind == "DOUBLE"]
    furthest = [
        f"max(abs(ours.{quoted(name)} - theirs.{quoted(name)}) "
        f"/ greatest(1, abs(ours.{quoted(name)}), abs(theirs.{quoted(name)})))"
        for name in doubles
    ]
    row = connection.execute(f"select count(*), {', '.join([*measures, *furthest])} {joined}").fetchall()[0]
    found.values = row[0] * len(shared)
    for (name, kind), differing in zip(shared.items(), row[1:], strict=False):
        if differing:
            where = examples(connection, joined, key, name, kind)
            found.differences.append(f"{name}: {differing} values differ, {where}")
    found.largest_difference = max(filter(None, row[1 + len(shared) :]), default=0.0)
    return found


def keys_of_marts(manifest: Path) -> dict[str, list[str]]:
    """Key of every mart out of dbt's manifest: its primary key, or the grain that `unique_grain` tests."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    grains = {
        node["attached_node"]: node["test_metadata"]["kwargs"]["columns"]
        for node in nodes.values()
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == "unique_grain"
    }
    keys = {}
    for name, node in nodes.items():
        if node["resource_type"] == "model" and node["config"]["schema"] == "marts":
            stated = [each["columns"] for each in node["constraints"] if each["type"] == "primary_key"]
            keys[node["alias"]] = stated[0] if stated else grains.get(name, [])
    if without := sorted(mart for mart, key in keys.items() if not key):
        raise ValueError(f"Marts without a key cannot be compared: {', '.join(without)}.")
    return dict(sorted(keys.items()))


def compare(database: Path, parquet: Path, keys: Mapping[str, Sequence[str]]) -> list[Comparison]:
    """Compare every mart of DuckDB's database with the other engine's `<mart>.parquet` in a folder."""
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as duckdb_marts (read_only)")
        for mart, key in keys.items():
            file = parquet / f"{mart}.parquet"
            if not file.exists():
                found.append(Comparison(mart, differences=["is not there"]))
                continue
            # Spark writes a folder of files.
            source = f"read_parquet('{file / '*.parquet' if file.is_dir() else file}')"
            found.append(compared(connection, mart, f"duckdb_marts.marts.{quoted(mart)}", source, key))
    return found


def table(comparisons: Iterable[Comparison]) -> str:
    """Everything compared, as a table and, where something differs, what."""
    comparisons = list(comparisons)
    header = ("Mart", "Rows", "Values compared", "Largest difference", "Result")
    rows = [
        (
            each.mart,
            f"{each.rows:,}",
            f"{each.values:,}",
            f"{each.largest_difference:.1e}" if each.largest_difference else "0",
            "differs" if each.differences else "same",
        )
        for each in comparisons
    ]
    differing = [each for each in comparisons if each.differences]
    total = (
        f"{len(comparisons) - len(differing)} of {len(comparisons)} marts are the same: "
        f"{sum(each.rows for each in comparisons):,} rows, "
        f"{sum(each.values for each in comparisons):,} values."
    )
    details = [f"{each.mart}\n    " + "\n    ".join(each.differences) for each in differing]
    return "\n\n".join([aligned(header, rows, header[1:4]), *details, total])


def reference(root: Path, draws: int | None) -> Path:
    """DuckDB's database for so many draws: the published one where it has as many, or one built aside."""
    variables = draw_variables(draws)
    if is_current(root, variables):
        return root / DATABASE
    # DuckDB names the catalogue after the file.
    aside = root / DATABASE.parent / "reference" / DATABASE.name
    stamp = aside.with_name("checksum")
    inputs = checksum(root, variables)
    if aside.exists() and stamp.exists() and stamp.read_text() == inputs:
        return aside
    shutil.rmtree(aside.parent, ignore_errors=True)
    aside.parent.mkdir(parents=True)
    print("Building DuckDB's marts to compare with ...", flush=True)
    done = subprocess.run(
        [
            *(root / ".venv" / "bin" / "dbt", "--quiet", "build", "--target", "duckdb"),
            *("--profiles-dir", ".", "--target-path", "target/reference", "--vars", json.dumps(variables)),
            *("--resource-type", "seed", "--resource-type", "model"),
        ],
        cwd=root,
        env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": str(aside), "DBT_LOG_PATH": "target/reference"},
        check=False,
    )
    if done.returncode:
        raise NoReferenceError("DuckDB's marts could not be built; the lines above say why.")
    stamp.write_text(inputs)
    return aside
