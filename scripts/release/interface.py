"""What the marts promise their readers, read from their contracts and kept in ``gates/interface``.

    python -m scripts.release.interface [--check]

``tables.csv`` has a row for each mart: version, access, group, key, grain and what it is about.
``columns.csv`` has one for each column: type, unit, whether it is always filled in, the words it may hold,
the dimension it is a member of, and what it means. Both follow from the YAML beside the marts,
``dbt_project.yml`` and ``models/docs``; nothing is built. A release carries them, and the next is compared
with those: the gate ``interface_broken`` stops it where a promise was broken and no new version declared.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from scripts.former import attach as attach_database
from scripts.marts import quoted

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path("gates") / "interface"
TABLES, COLUMNS, UNITS = "tables.csv", "columns.csv", "units.csv"
# What the two files are called in a release.
RELEASED = {TABLES: "interface_tables.csv", COLUMNS: "interface_columns.csv"}
PROJECT = "council_productivity"
BLOCK = re.compile(r"\{% docs (?P<name>\w+) %\}(?P<text>.*?)\{% enddocs %\}", re.DOTALL)
NAMED = re.compile(r"\{\{ doc\('(?P<name>\w+)'\) \}\}")
GRAIN = re.compile(r"One row per [^.:;]+")
SOURCE = re.compile(r"\s*Source: .*", re.DOTALL)
NUMBERS = ("bigint", "double precision")


@dataclass(frozen=True, order=True)
class Table:
    """What a mart promises as a whole."""

    table_name: str
    area: str
    version: int
    access: str
    group: str
    deprecated_on: str
    deprecated_for: str
    key_columns: str
    grain: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """What a column promises."""

    table_name: str
    column_name: str
    data_type: str
    unit: str
    is_required: bool
    accepted_values: str
    member_of: str
    deprecated_on: str
    deprecated_for: str
    meaning: str


@dataclass(frozen=True)
class Interface:
    """Every mart and column, by name and in the order of the contract."""

    tables: tuple[Table, ...]
    columns: tuple[Column, ...]


class InterfaceError(Exception):
    """A contract does not say what readers have to be told."""


def one_line(text: str) -> str:
    """Text without line breaks."""
    return " ".join(text.split())


def doc_blocks(root: Path) -> dict[str, str]:
    """The texts that columns share, by name."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((root / "models" / "docs").glob("*.md"))]
    return {found["name"]: one_line(found["text"]) for page in pages for found in BLOCK.finditer(page)}


@cache
def unit_rules(root: Path) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Units by the name of a column, the first that fits."""
    with (root / FOLDER / UNITS).open(encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["column_name"]), row["unit"]) for row in csv.DictReader(file))


def loaded(path: Path) -> Any:  # noqa: ANN401
    """What a YAML file holds, read by the fast reader where there is one."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def folder_settings(project: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """What ``dbt_project.yml`` sets for a model, from the outermost folder to the model itself."""
    node: Any = project["models"][PROJECT]
    settings: dict[str, Any] = {}
    for name in ("", *path):
        node = node.get(name, {}) if name else node
        found = {key[1:]: value for key, value in node.items() if key.startswith("+")}
        meta = settings.get("meta", {}) | found.pop("meta", {})
        settings |= found | {"meta": meta}
    return settings


def argument(tests: Sequence[Any], name: str, key: str) -> Any:  # noqa: ANN401
    """What a generic test is given, none where there is no such test."""
    given = [test[name]["arguments"][key] for test in tests if isinstance(test, dict) and name in test]
    return given[0] if given else None


def declared(root: Path = ROOT) -> Interface:
    """Read what the marts' contracts promise."""
    blocks, project = doc_blocks(root), loaded(root / "dbt_project.yml")
    tables: list[Table] = []
    columns: list[Column] = []
    for path in sorted((root / "models" / "marts").glob("*/_*__models.yml")):
        for model in loaded(path)["models"]:
            place = ("marts", path.parent.name, model["name"])
            tables.append(table(model, folder_settings(project, place), path.parent.name))
            columns += [column(root, model, described, blocks) for described in model["columns"]]
    # By table, and within one in the order of the contract.
    columns.sort(key=lambda found: found.table_name)
    return Interface(tuple(sorted(tables)), tuple(columns))


def table(model: dict[str, Any], settings: dict[str, Any], area: str) -> Table:
    """What one mart promises."""
    own = model.get("config", {})
    meta = settings["meta"] | own.get("meta", {})
    text = SOURCE.sub("", one_line(model["description"]))
    grain = GRAIN.match(text)
    if not grain or "version" not in meta:
        raise InterfaceError(f"{model['name']} does not say {'its version' if grain else 'its grain'}")
    return Table(
        table_name=model["name"],
        area=area,
        version=int(meta["version"]),
        access=str(own.get("access", settings["access"])),
        group=str(own.get("group", settings["group"])),
        deprecated_on=str(meta.get("deprecated_on", "")),
        deprecated_for=str(meta.get("deprecated_for", "")),
        key_columns=", ".join(argument(model.get("data_tests", []), "unique_grain", "columns") or ()),
        grain=grain[0],
        meaning=text[grain.end() :].lstrip(".:; "),
    )


def column(root: Path, model: dict[str, Any], described: dict[str, Any], blocks: dict[str, str]) -> Column:
    """What one column of a mart promises."""
    meta = described.get("config", {}).get("meta", {})
    tests = described.get("data_tests", [])
    words = argument(tests, "accepted_values", "values") or ()
    members = argument(model.get("data_tests", []), "foreign_keys", "references") or {}
    kind = described["data_type"]
    unit = str(meta.get("unit", ""))
    if not unit and kind in NUMBERS:
        fitting = (found for rule, found in unit_rules(root) if rule.fullmatch(described["name"]))
        unit = next(fitting, "")
        if not unit:
            raise InterfaceError(
                f"{model['name']}.{described['name']} is a number without a unit: give it one in "
                f"{FOLDER / UNITS} or as meta.unit beside its description"
            )
    return Column(
        table_name=model["name"],
        column_name=described["name"],
        data_type=kind,
        unit=unit,
        is_required={"type": "not_null"} in described.get("constraints", []),
        accepted_values=", ".join(sorted(str(word) for word in words)),
        member_of=members.get(described["name"], ""),
        deprecated_on=str(meta.get("deprecated_on", "")),
        deprecated_for=str(meta.get("deprecated_for", "")),
        meaning=one_line(NAMED.sub(lambda found: blocks[found["name"]], described["description"])),
    )


def as_csv(rows: Sequence[Table] | Sequence[Column], path: Path) -> None:
    """Write rows below the names of their fields."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(rows[0])])
        for row in rows:
            cells = astuple(row)
            writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in cells])


def write(promised: Interface, folder: Path, names: dict[str, str] | None = None) -> None:
    """Write the two files into a folder, under other names where told."""
    names = names or {}
    folder.mkdir(parents=True, exist_ok=True)
    as_csv(promised.tables, folder / names.get(TABLES, TABLES))
    as_csv(promised.columns, folder / names.get(COLUMNS, COLUMNS))


def stale(root: Path = ROOT) -> list[str]:
    """Files under ``gates/interface`` that say other than the contracts do."""
    fresh = root / "target" / "interface"
    write(declared(root), fresh)
    return [
        str(FOLDER / name)
        for name in (TABLES, COLUMNS)
        if not (root / FOLDER / name).exists()
        or (root / FOLDER / name).read_text(encoding="utf-8") != (fresh / name).read_text(encoding="utf-8")
    ]


# Where no files stand beside a database, what it promises is read from it: types, keys, grain and meaning,
# not units, words or versions. What it does not say is null, and compared with nothing.
FROM_DATABASE = {
    TABLES: """
        select
            declared.table_name,
            declared.area,
            null::bigint as version,
            'public' as access,
            null::varchar as "group",
            null::varchar as deprecated_on,
            null::varchar as deprecated_for,
            declared.key_columns,
            nullif(regexp_extract(tables.comment, '^One row per [^.:;]+'), '') as grain,
            null::varchar as meaning
        from {side}.marts.fct_quality_table as declared
        left join (
            select table_name, regexp_replace(comment, '\\s+', ' ', 'g') as comment
            from duckdb_tables() where database_name = '{side}' and schema_name = 'marts'
        ) as tables using (table_name)
        order by table_name
    """,
    COLUMNS: """
        select
            table_name,
            column_name,
            case data_type when 'VARCHAR' then 'string' when 'DOUBLE' then 'double precision'
                else lower(data_type) end as data_type,
            null::varchar as unit,
            not is_nullable as is_required,
            null::varchar as accepted_values,
            null::varchar as member_of,
            null::varchar as deprecated_on,
            null::varchar as deprecated_for,
            nullif(trim(regexp_replace(comment, '\\s+', ' ', 'g')), '') as meaning
        from duckdb_columns()
        where
            database_name = '{side}' and schema_name = 'marts'
            and table_name in (select table_name from {side}.marts.fct_quality_table)
        order by table_name, column_index
    """,
}
NUMBERS_OF = {
    TABLES: {"version": "bigint"},
    COLUMNS: {"is_required": "boolean"},
}


def attach(connection: duckdb.DuckDBPyConnection, side: str, database: Path | None) -> None:
    """Make the tables ``interface_tables_<side>`` and ``interface_columns_<side>`` for the gates.

    A release holds them as files beside its database; where there are none they follow from the database.
    Without a database nothing was promised.

    Args:
        connection: Where the database is attached as that side.
        side: ``after`` or ``before``.
        database: Its file.
    """
    for name, released in RELEASED.items():
        made = f"interface_{name.removesuffix('.csv')}_{side}"
        read = FROM_DATABASE[name].format(side=side)
        if database is None:
            read = f"from interface_{name.removesuffix('.csv')}_after limit 0"
        elif (path := database.with_name(released)).exists():
            cast = ", ".join(f"{column}::{kind} as {column}" for column, kind in NUMBERS_OF[name].items())
            # Empty is what is not so, on both sides; only a database leaves unsaid what it does not know.
            rows = f"read_csv({quoted(path)}, header = true, all_varchar = true, nullstr = '\\N')"
            read = f"select * replace ({cast}) from {rows}"
        connection.execute(f"create or replace temp table {made} as {read}")


def carry(root: Path, folder: Path) -> None:
    """Put the two files into a release, as they stand beside the gates.

    Raises:
        InterfaceError: If they are not what the contracts promise.
    """
    if (root / "dbt_project.yml").exists() and (found := stale(root)):
        raise InterfaceError(
            f"{' and '.join(found)} {'is' if len(found) == 1 else 'are'} not what the contracts promise: run "
            "python -m scripts.release.interface and commit it."
        )
    for name, released in RELEASED.items():
        if (root / FOLDER / name).exists():
            (folder / released).write_bytes((root / FOLDER / name).read_bytes())


def schema_version(last_version: str, database: Path, before: Path | None) -> str:
    """Version of the interface as a whole: the first number counts what broke, the second what was added.

    Args:
        last_version: That of the last release, empty where it has none.
        database: The new database, with the files of its interface beside it.
        before: That of the last release.
    """
    if before is None or not last_version:
        return "1.0"
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(database.resolve())} as after (read_only)")
        attach_database(connection, "before", before)
        attach(connection, "after", database)
        attach(connection, "before", before)
        changes = (ROOT / "gates" / "shared" / "interface_changes.sql").read_text(encoding="utf-8")
        ((breaking, free),) = connection.execute(
            f"select count(*) filter (is_breaking), count(*) filter (not is_breaking) from ({changes})"
        ).fetchall()
    major, minor = (int(part) for part in last_version.split("."))
    if breaking:
        return f"{major + 1}.0"
    return f"{major}.{minor + 1}" if free else last_version


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Write the two files anew, or say which are not as the contracts have it."""
    parser = argparse.ArgumentParser("python -m scripts.release.interface", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is not as it should be")
    options = parser.parse_args(arguments)
    try:
        found = stale(root)
    except InterfaceError as error:
        print(error)
        return 1
    if options.check:
        for name in found:
            print(f"{name} is not what the contracts promise: run python -m scripts.release.interface")
        return 1 if found else 0
    write(declared(root), root / FOLDER)
    print(f"Written anew: {', '.join(found)}." if found else "Both files are as the contracts have it.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
