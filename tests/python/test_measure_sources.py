"""Where the figures of a measure are published: the mart says what `make trace` says and leaves none out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import ROOT

from scripts.build import DATABASE
from scripts.ingest import seeds
from scripts.ingest.trace import traced

SEEDS = ROOT / "seeds"
AGES = {"_65_plus": "65+", "_18_64": "18-64"}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, to read."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        yield connection


def seed_row(path: str, item_id: str, period: str) -> tuple[str, list[str]]:
    """A row of a seed with a figure of an item and period: the figure's column, and the row's key."""
    age = next(
        (age for ending, age in AGES.items() if path.endswith("by_age") and item_id.endswith(ending)), ""
    )
    ending = next((ending for ending, named in AGES.items() if named == age), "")
    item = item_id.removesuffix(ending)
    with (SEEDS / f"{path}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            column = item_id if item_id in row else "value_raw"
            asked = {period, age} - {""} if column == item_id else {period, age, item} - {""}
            if row.get(column) and asked <= set(row.values()):
                return column, [row[each] for each in seeds.layout(SEEDS, path).key]
    raise AssertionError(f"{path} has no figure of {item_id} in {period}")


def test_the_mart_says_what_trace_says(marts: duckdb.DuckDBPyConnection) -> None:
    """A figure of each publication in its newest and in its oldest edition: file, sheet, column and rows."""
    cursor = marts.execute(
        "select * from marts.fct_measure_source qualify row_number() over (partition by publication_id "
        "order by edition desc, measure_id, item_id, period) = 1 or row_number() over ("
        "partition by publication_id order by edition, measure_id, item_id, period) = 1"
    )
    names = [column[0] for column in cursor.description]
    rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    with (SEEDS / "provenance" / "ingested_blocks.csv").open(encoding="utf-8", newline="") as file:
        paths = {row["seed"].split("/")[1]: row["seed"] for row in csv.DictReader(file)}
    checked = set()
    for row in rows:
        path = paths[row["publication_id"]]
        column, key = seed_row(path, row["item_id"], row["period"])
        sheet = f", sheet '{row['sheet']}'" if row["sheet"] else ""
        kind = f"{row['code_kind']} code" if row["code_kind"] else "key"
        said = f": {row['file_name']}{sheet}, column {row['value_column']}, rows {row['first_row']} to "
        said += f"{row['last_row']}, where column {row['code_column']} shows its {kind}"
        lines = [line for line in traced(SEEDS, path, key) if line.startswith(f"{column} = ")]
        assert any(line.endswith(said) for line in lines), f"{key}: the mart says{said}, trace {lines}"
        checked.add(row["publication_id"])
    assert len(checked) >= 8


def test_only_second_hand_values_have_no_file(marts: duckdb.DuckDBPyConnection) -> None:
    """Every edition of a measure with a value that is not second-hand names its file."""
    without = marts.execute(
        "select distinct measure_id, edition from marts.fct_measure_grade anti join marts.fct_measure_source "
        "using (measure_id, edition) where value is not null and is_active and second_hand_source is null"
    ).fetchall()
    assert without == []


@pytest.mark.parametrize(
    "measure",
    ["housing_temporary_accommodation", "interface_waits_care_home", "waste_recycling_rate", "adult_control"],
)
def test_a_page_shows_the_files_of_its_edition(
    marts: duckdb.DuckDBPyConnection, small_site: Path, measure: str
) -> None:
    """Each file, sheet, column and rows of the mart is a row of the page, and no other."""
    html = (small_site / "measures" / f"{measure.replace('_', '-')}.html").read_text(encoding="utf-8")
    edition = html.partition('data-edition="')[2].partition('"')[0]
    table = html.partition('<table data-part="files"')[2].partition("</table>")[0]
    shown = {
        key: tuple(cells.strip().split("<td>")[2:6])
        for key, cells in re.findall(r'<tr data-key="([^"]+)">(.*)', table)
    }
    held = {
        f"{part}:{item}:{period}": (
            file,
            sheet or "\u2013",
            column,
            f"{first} to {last}, by the {kind} code in column {code}".replace("'", "&#39;"),
        )
        for part, item, period, file, sheet, column, first, last, kind, code in marts.execute(
            "select part, item_id, period, file_name, sheet, value_column, first_row, last_row, code_kind, "
            "code_column from marts.fct_measure_source where measure_id = ? and edition = ?",
            [measure, edition],
        ).fetchall()
    }
    assert shown == held
    assert held
    assert '<a href="../about.html#contact">' in html
