"""What a release says of itself to programs: units, words, keys and coverage, and its files keep them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pytest
from conftest import ROOT

from scripts.marts import write_csv, write_parquet
from scripts.release import described, export, interface

REAL = ROOT / "warehouse" / "council_productivity.duckdb"
# Small ones, whose foreign keys stay among them.
TABLES = {"dim_edition", "dim_publication", "dim_measure", "dim_peer_group", "dim_ranking", "fct_england"}

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="nothing is built: make index first")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release's folder with a few tables, described; copy it to change it."""
    tmp_path = tmp_path_factory.mktemp("release")
    interface.write(interface.declared(), tmp_path, interface.RELEASED)
    for name in ("csv", "parquet"):
        (tmp_path / name).mkdir()
    with duckdb.connect(str(REAL), read_only=True) as connection:
        tables = [table for table in export.published(connection) if table.name in TABLES]
        for table in tables:
            rows = f"select * from {table.schema}.{table.name} order by {', '.join(table.key)}"
            write_csv(connection, rows, tmp_path / "csv" / f"{table.name}.csv")
            write_parquet(connection, rows, tmp_path / "parquet" / f"{table.name}.parquet")
    (tmp_path / "data_dictionary.csv").write_text("table_name\n", encoding="utf-8")
    export.data_package(REAL, tmp_path, tables, "2026.1", "2026-11-30T00:00:00Z")
    described.write(tmp_path)
    return tmp_path


def content(folder: Path, name: str) -> dict[str, Any]:
    """A file of JSON."""
    found: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    return found


def fields(package: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The columns of a table of the package."""
    (resource,) = [found for found in package["resources"] if found["name"] == name]
    return {field["name"]: field for field in resource["schema"]["fields"]}


def test_the_package_has_units_words_contact_and_coverage(folder: Path) -> None:
    """As the contracts have them, and the days are those of the index's editions."""
    package = content(folder, "datapackage.json")
    assert fields(package, "fct-england")["spend_per_head_gbp"]["unit"] == "GBP"
    assert fields(package, "dim-measure")["unit_kind"]["constraints"]["enum"] == [
        *("amount", "percentage", "rate", "score")
    ]
    assert package["contributors"][0]["email"]
    with duckdb.connect(str(REAL), read_only=True) as connection:
        days = connection.execute(
            "select min(start_date)::varchar, max(end_date)::varchar "
            "from marts.dim_edition where is_index_edition"
        ).fetchone()
    assert (package["temporal"]["start"], package["temporal"]["end"]) == days


def test_the_package_validates_and_a_strange_word_does_not(folder: Path, tmp_path: Path) -> None:
    """Frictionless reads the words: a kind of unit that there is none of is named."""
    folder = shutil.copytree(folder, tmp_path / "release")
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    package = content(folder, "datapackage.json")
    path = folder / "csv" / "dim_measure.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",percentage,", ",per cent,", 1), encoding="utf-8"
    )
    for resource in package["resources"]:
        for told in ("hash", "bytes"):
            resource.pop(told, None)
    described.written(folder / "datapackage.json", package)
    found = frictionless.validate(str(folder / "datapackage.json"))
    assert any("per cent" in " ".join(map(str, fault)) for fault in found.flatten(["message"]))


def test_csv_on_the_web_names_every_column_and_key(folder: Path) -> None:
    """The columns of each table are its CSV's, in their order; what a key leads to is described, too."""
    tables = {table["url"]: table["tableSchema"] for table in content(folder, "csv-metadata.json")["tables"]}
    assert {Path(url).stem for url in tables} == TABLES
    for url, schema in tables.items():
        with (folder / url).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column["name"] for column in schema["columns"]]
        names = {column["name"] for column in schema["columns"]}
        assert set(schema["primaryKey"]) <= names
        for key in schema.get("foreignKeys", []):
            assert key["columnReference"] in names
            members = tables[key["reference"]["resource"]]["columns"]
            assert key["reference"]["columnReference"] in {column["name"] for column in members}
    assert tables["csv/fct_england.csv"]["foreignKeys"]


def test_a_catalogue_finds_every_file_with_its_checksum(folder: Path) -> None:
    """Each distribution is there and is what its checksum says."""
    dataset = content(folder, "dataset.jsonld")
    assert dataset["@type"] == ["Dataset", "dcat:Dataset"]
    assert dataset["temporalCoverage"].startswith("2015-04-01/")
    assert len(dataset["distribution"]) == 2 * len(TABLES) + 1
    for file in dataset["distribution"]:
        assert export.sha256(folder / file["contentUrl"]) == file["sha256"]
