"""What a release says of itself in the words of others: units, words and coverage for whoever reads a format.

- ``datapackage.json`` (Frictionless) learns units, accepted values, contact, coverage and what is deprecated;
- ``csv-metadata.json`` describes every CSV as CSV on the Web does;
- ``dataset.jsonld`` describes the release for a catalogue, in schema.org's and in DCAT's words.

All of it follows from ``datapackage.json`` and the files of the interface, which are in the release already.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from scripts.release.interface import COLUMNS, RELEASED, TABLES

CONTACT = {"title": "The index's maintainers", "email": "maintainers@council-productivity.example"}
KEYWORDS = ("England", "local government", "social care", "outcomes", "productivity", "spending")
PLACE = "England"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
# CSV on the Web's words for Frictionless' types.
DATATYPES = {
    "string": "string",
    "integer": "integer",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
}

Json = dict[str, Any]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, none where there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, content: Json) -> None:
    """Write JSON as the other files of a release have it."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def coverage(folder: Path) -> tuple[str, str] | None:
    """First and last day of the editions of the index."""
    days = [
        (row["start_date"], row["end_date"])
        for row in rows_of(folder / "csv" / "dim_edition.csv")
        if row.get("is_index_edition") == "true" and "start_date" in row
    ]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None


def with_promises(package: Json, folder: Path) -> Json:
    """The package with the units, words, versions and ends that the interface knows."""
    columns = {(row["table_name"], row["column_name"]): row for row in rows_of(folder / RELEASED[COLUMNS])}
    tables = {row["table_name"]: row for row in rows_of(folder / RELEASED[TABLES])}
    for resource in package["resources"]:
        name = resource["name"].replace("-", "_")
        if "schema" not in resource or name not in tables:
            continue
        resource["version"] = tables[name]["version"]
        resource["access"] = tables[name]["access"]
        for field in resource["schema"]["fields"]:
            promised = columns.get((name, field["name"]), {})
            if promised.get("unit"):
                field["unit"] = promised["unit"]
            if promised.get("deprecated_on"):
                field["deprecated"] = {"on": promised["deprecated_on"], "use": promised["deprecated_for"]}
            if words := promised.get("accepted_values"):
                field.setdefault("constraints", {})["enum"] = words.split(", ")
    package["contributors"] = [CONTACT | {"role": "maintainer"}]
    package["keywords"] = list(KEYWORDS)
    package["spatial"] = PLACE
    if days := coverage(folder):
        package["temporal"] = {"start": days[0], "end": days[1]}
    return package


def on_the_web(package: Json) -> Json:
    """Every table in the words of CSV on the Web."""
    by_name = {resource["name"]: resource for resource in package["resources"]}
    tables = []
    for resource in package["resources"]:
        if "schema" not in resource:
            continue
        schema = resource["schema"]
        columns = []
        for field in schema["fields"]:
            column: Json = {
                "name": field["name"],
                "titles": field["name"],
                "dc:description": field["description"],
                "datatype": DATATYPES[field["type"]],
            }
            if field.get("constraints", {}).get("required"):
                column["required"] = True
            if "unit" in field:
                column["schema:unitText"] = field["unit"]
            columns.append(column)
        table: Json = {
            "url": resource["path"],
            "dc:title": resource["name"],
            "dc:description": resource["description"],
            "tableSchema": {"columns": columns, "primaryKey": schema["primaryKey"]},
        }
        keys = [
            {
                "columnReference": key["fields"],
                "reference": {
                    "resource": by_name[key["reference"]["resource"]]["path"],
                    "columnReference": key["reference"]["fields"],
                },
            }
            for key in schema["foreignKeys"]
        ]
        if keys:
            table["tableSchema"]["foreignKeys"] = keys
        tables.append(table)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": package["title"],
        "dc:license": {"@id": LICENCE},
        "dialect": {"header": True, "encoding": "utf-8"},
        "tables": tables,
    }


def for_a_catalogue(package: Json) -> Json:
    """The release as a dataset of schema.org and of DCAT, its tables as distributions."""
    days = package.get("temporal", {})
    # Of a table its CSV and its Parquet file, both with the checksum.
    files = [
        {
            "@type": ["DataDownload", "dcat:Distribution"],
            "name": resource["name"],
            "contentUrl": resource["path"],
            "encodingFormat": resource["mediatype"],
            "contentSize": f"{resource['bytes']} B",
            "sha256": resource["hash"].removeprefix("sha256:"),
        }
        for resource in package["resources"]
    ]
    content: Json = {
        "@context": {"@vocab": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#"},
        "@type": ["Dataset", "dcat:Dataset"],
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "license": LICENCE,
        "keywords": package["keywords"],
        "creator": {"@type": "Organization", "name": CONTACT["title"], "email": CONTACT["email"]},
        "spatialCoverage": package["spatial"],
        "isBasedOn": [source["path"] for source in package["sources"]],
        "distribution": files,
    }
    if days:
        content["temporalCoverage"] = f"{days['start']}/{days['end']}"
    if "created" in package:
        content["datePublished"] = package["created"][:10]
    return content


def write(folder: Path) -> None:
    """Complete the data package of a release and write the two files that follow from it."""
    path = folder / "datapackage.json"
    package = with_promises(json.loads(path.read_text(encoding="utf-8")), folder)
    written(path, package)
    written(folder / "csv-metadata.json", on_the_web(package))
    written(folder / "dataset.jsonld", for_a_catalogue(package))
