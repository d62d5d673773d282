"""Datasette: the marts as SQLite, described by the contracts of the marts, asked through its JSON API."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import requests
import yaml

from scripts.marts import references
from scripts.proofs.bi.clients import python_of
from scripts.proofs.bi.questions import Answer, Question, asked, compared
from scripts.proofs.bi.servers import free_port, keep_serving, served

ROOT = Path(__file__).resolve().parents[3]
SQLITE = "marts.sqlite"
TYPES = {"BIGINT": "integer", "INTEGER": "integer", "BOOLEAN": "integer", "DOUBLE": "real"}
# What a column that refers to a table shows beside the link to it.
LABELS = {"dim_council": "council_name", "dim_measure": "measure_name", "dim_ranking": "ranking_name"}
LABELS |= {"dim_publication": "publication_name", "dim_scenario": "scenario_name"}
LABELS |= {"dim_edition": "edition", "dim_peer_group": "peer_group_name"}
FACETS = ("edition", "ranking_id", "region", "not_ranked_reason", "missing_reason")
INTRODUCTION = """
<p>What England's upper-tier councils get for their money, by lens. Before you read:</p>
<ul>
<li>Never print a rank without ranked_councils and its band: "23rd, likely 12th to 41st of 149".</li>
<li>No rank is not the last rank: not_ranked_reason says why.</li>
<li>No value is not zero: missing_reason says why.</li>
<li>A high index says that good outcomes and low spend go together, not that one made the other.</li>
</ul>
<p>Start with <a href="/marts/headline_top_ten">the newest overall top ten</a>,
<a href="/marts/fct_ranking">fct_ranking</a> with <a href="/marts/fct_rank_band">fct_rank_band</a>,
<a href="/marts/fct_lens_productivity">fct_lens_productivity</a>,
<a href="/marts/fct_measure_grade">fct_measure_grade</a> with
<a href="/marts/dim_measure">dim_measure</a>.</p>
"""
# A page of its own each, under its name.
QUERIES = {
    "headline_top_ten": {
        "title": "The newest overall top ten",
        "description": "The headline edition: the newest with an overall ranking.",
        "sql": (
            "select edition, productivity_rank, ranked_councils, rank_p05, rank_p95, council_name, "
            "productivity_index from fct_ranking inner join dim_edition using (edition) inner join "
            "dim_council using (gss_code) where is_headline and ranking_id = 'overall' "
            "and productivity_rank <= 10 order by productivity_rank, gss_code"
        ),
    }
}
LICENCES = {"OGL-UK-3.0": "Open Government Licence v3.0"}
BATCH = 50_000


def described(marts: Path) -> dict[str, object]:
    """The metadata of every mart: descriptions and keys as in the contracts, sources and licences."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name, comment from duckdb_columns() where not internal "
            "order by table_name, column_index"
        ).fetchall()
        tables = connection.execute(
            "select table_name, comment from duckdb_tables() order by table_name"
        ).fetchall()
        licences = connection.execute(
            "select distinct licence from dim_publication order by licence"
        ).fetchall()
        [(publications,)] = connection.execute("select count(*) from dim_publication").fetchall()
    content: dict[str, dict[str, object]] = {}
    for table, description in tables:
        own = [(column, words) for name, column, words in columns if name == table]
        content[table] = {"description": one_line(description)}
        if table in LABELS:
            content[table] |= {"label_column": LABELS[table]}
        facets = [column for column, _ in own if column in FACETS]
        if facets and not table.startswith("dim_"):
            content[table] |= {"facets": facets}
        content[table] |= {"columns": {column: one_line(words) for column, words in own}}
    return {
        "title": "Council productivity index",
        "description_html": INTRODUCTION.strip(),
        "license": ", ".join(LICENCES.get(licence, licence) for (licence,) in licences),
        "license_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "source": f"{publications} official publications",
        "source_url": "/marts/dim_publication",
        "databases": {"marts": {"queries": QUERIES, "tables": content}},
    }


def one_line(words: str | None) -> str:
    """A description without line breaks and Markdown's marks, which Datasette prints as they are."""
    return " ".join((words or "").replace("`", "").split())


def metadata(marts: Path) -> str:
    """The file that describes tables and columns to Datasette, written from the marts' contracts."""
    return yaml.safe_dump(described(marts), sort_keys=False, allow_unicode=True)


class ForeignKeyError(Exception):
    """The copy holds a row whose reference leads nowhere."""


def check_references(copy: sqlite3.Connection) -> None:
    """Raise an error that names the tables in which a row refers to one that is not there.

    SQLite takes such rows: tables are filled in their names' order, not in that of their references.
    """
    lost = Counter((table, of) for table, _, of, _ in copy.execute("pragma foreign_key_check"))
    if lost:
        told = [f"{rows} of {table} to {of}" for (table, of), rows in sorted(lost.items())]
        raise ForeignKeyError(f"References to rows that are not there: {', '.join(told)}.")


def write_sqlite(marts: Path, target: Path) -> None:
    """Copy every mart into an SQLite file, with keys and references; each leads somewhere."""
    with duckdb.connect(str(marts), read_only=True) as source, sqlite3.connect(target) as copy:
        declared = source.execute(
            "select table_name, key_columns, coalesce(foreign_keys, '') from fct_quality_table"
        ).fetchall()
        keys = {table: key for table, key, _ in declared}
        foreign = {table: references(text) for table, _, text in declared}
        columns: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in source.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal "
            "order by table_name, column_index"
        ).fetchall():
            columns.setdefault(table, []).append((column, kind))
        for table, own in columns.items():
            parts = [f'"{column}" {TYPES.get(kind, "text")}' for column, kind in own]
            parts.append(f"primary key ({keys[table]})")
            parts += [
                f'foreign key ("{column}") references {dimension} ("{member}")'
                for column, (dimension, member) in foreign[table].items()
                # A file of some marts only refers to those that it holds.
                if dimension in columns
            ]
            copy.execute(f'create table "{table}" ({", ".join(parts)})')
            # SQLite has no dates.
            chosen = (f'"{column}"::varchar' if kind == "DATE" else f'"{column}"' for column, kind in own)
            rows = source.execute(f"select {', '.join(chosen)} from {table}")
            marks = ", ".join("?" * len(own))
            while batch := rows.fetchmany(BATCH):
                copy.executemany(f'insert into "{table}" values ({marks})', batch)
        check_references(copy)
    copy.close()


def answers(address: str, asked_of: list[Question]) -> Iterator[Answer]:
    """Ask each table for a row, its length and the aggregate."""

    def ask(question: Question) -> Callable[[], tuple[list[str], int, float | None]]:
        def found() -> tuple[list[str], int, float | None]:
            page = requests.get(f"{address}/marts/{question.mart}.json", {"_size": 1}, timeout=60)
            page.raise_for_status()
            query = f"select count(*), {question.aggregate} from {question.mart}"
            reply = requests.get(f"{address}/marts.json", {"sql": query, "_shape": "arrays"}, timeout=60)
            reply.raise_for_status()
            rows, value = reply.json()["rows"][0]
            table = page.json()
            assert table["filtered_table_rows_count"] == rows, "the table's page counts other rows"
            return table["columns"], rows, value

        return found

    for question in asked_of:
        yield asked(question.mart, ask(question))


def check(marts: Path, asked_of: list[Question], serve: bool = False) -> int:
    """Serve the marts, ask for every one and print; returns how many answers are wrong."""
    with tempfile.TemporaryDirectory() as folder:
        database, port = Path(folder) / SQLITE, free_port()
        write_sqlite(marts, database)
        words = Path(folder) / "metadata.yml"
        words.write_text(metadata(marts), encoding="utf-8")
        print(f"The marts as SQLite: {database.stat().st_size / 1e6:.0f} MB.\n", flush=True)
        program = python_of("datasette").with_name("datasette")
        command: list[str | Path] = [program, "serve", "--immutable", database]
        command += ["--metadata", words, "--host", "127.0.0.1", "--port", str(port)]
        # The longest table takes longer than the second that Datasette gives a visitor's query.
        command += ["--setting", "sql_time_limit_ms", "20000", "--setting", "facet_time_limit_ms", "1000"]
        with served(command, port, "/-/versions.json", Path(folder) / "datasette.log", {}) as address:
            version = requests.get(f"{address}/-/versions.json", timeout=10).json()["datasette"]["version"]
            shown = requests.get(f"{address}/-/metadata.json", timeout=10).json()
            if shown != yaml.safe_load(words.read_text(encoding="utf-8")):
                print("Datasette reads other metadata than the file holds.")
                return len(asked_of)
            wrong = compared(f"Datasette {version}", asked_of, answers(address, asked_of))
            if serve:
                keep_serving(address, "Datasette")
    return wrong
