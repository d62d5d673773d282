"""Public readers take what a release says of itself: its CSV on the Web, and its words for a catalogue."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from scripts.marts import write_csv, write_parquet
from scripts.release import described, export, interface

REAL = ROOT / "warehouse" / "council_productivity.duckdb"
ENVIRONMENT = ROOT / ".venvs" / "csvw" / "bin"
# Of facts the first rows, read cell by cell; dimensions whole, so that members are found.
ROWS = 200
# A few tables whose foreign keys stay among them, to plant faults in.
SMALL = {"dim_edition", "dim_publication", "dim_measure", "dim_peer_group", "dim_ranking", "fct_england"}
SEEN = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="json-ld")
for word in ("https://schema.org/DataDownload", "http://www.w3.org/ns/dcat#Distribution"):
    print(len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(word)))))
"""

pytestmark = pytest.mark.slow("public validators take the metadata of a release")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table of a release, facts with their first rows, and its metadata."""
    if not (ENVIRONMENT / "csvwvalidate").exists():
        pytest.skip("csvw is not installed: make .venvs/csvw/.installed")
    if not REAL.exists():
        pytest.skip("nothing is built: make index first")
    folder = tmp_path_factory.mktemp("release")
    interface.write(interface.declared(), folder, interface.RELEASED)
    for name in ("csv", "parquet"):
        (folder / name).mkdir()
    with duckdb.connect(str(REAL), read_only=True) as connection:
        tables = [table for table in export.published(connection) if table.schema == "marts"]
        for table in tables:
            rows = f"select * from {table.schema}.{table.name} order by {', '.join(table.key)}"
            rows += "" if table.name.startswith("dim_") else f" limit {ROWS}"
            write_csv(connection, rows, folder / "csv" / f"{table.name}.csv")
            write_parquet(connection, rows, folder / "parquet" / f"{table.name}.parquet")
    (folder / "data_dictionary.csv").write_text("table_name\n", encoding="utf-8")
    export.data_package(REAL, folder, tables, "2026.1", "2026-11-30T00:00:00Z")
    described.write(folder)
    return folder


def validated(folder: Path) -> tuple[int, str]:
    """What the validator says, and its exit status.

    Lax means that a foreign key may be empty: the first edition has none before it.
    """
    done = subprocess.run(
        [str(ENVIRONMENT / "csvwvalidate"), "--verbose", "--lax", "csv-metadata.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_table_is_as_its_metadata_say(released: Path) -> None:
    """Types, required cells, keys and foreign keys of every mart."""
    tables = json.loads((released / "csv-metadata.json").read_text(encoding="utf-8"))["tables"]
    assert {table["url"] for table in tables} == {f"csv/{path.name}" for path in (released / "csv").iterdir()}
    status, said = validated(released)
    assert status == 0, said
    assert "OK" in said


@pytest.fixture(scope="module")
def small(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few tables with their metadata, which hold."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(released / "csv", folder / "csv")
    content = json.loads((released / "csv-metadata.json").read_text(encoding="utf-8"))
    content["tables"] = [table for table in content["tables"] if Path(table["url"]).stem in SMALL]
    assert len(content["tables"]) == len(SMALL)
    described.written(folder / "csv-metadata.json", content)
    status, said = validated(folder)
    assert status == 0, said
    return folder


def replaced(pattern: str, new: str) -> Callable[[str], str]:
    """The first line of which a pattern is true, with another text in its place."""
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("dim_edition", replaced(r"^(2019-20,.*),true,", r"\1,perhaps,")),
        ("fct_england", replaced(r"^2016-17,", "2016-71,")),
        ("dim_peer_group", replaced(r"^(\w+,.*\n)", r"\1\1")),
        ("dim_ranking", replaced(r"^overall,", ",")),
        ("fct_england", replaced(r"^edition,", "year,")),
    ],
    ids=["no_such_type", "orphan", "key_twice", "required_cell_is_empty", "other_column"],
)
def test_a_fault_is_named(small: Path, table: str, fault: Callable[[str], str]) -> None:
    """The validator is not one that takes everything."""
    path = small / "csv" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(fault(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    status, said = validated(small)
    assert status != 0, said
    path.write_text(text, encoding="utf-8")


def test_a_catalogue_reads_every_file_of_the_release(released: Path) -> None:
    """As schema.org's downloads and as DCAT's distributions."""
    listed = json.loads((released / "dataset.jsonld").read_text(encoding="utf-8"))["distribution"]
    done = subprocess.run(
        [str(ENVIRONMENT / "python"), "-c", SEEN, str(released / "dataset.jsonld")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(len(listed))] * 2
