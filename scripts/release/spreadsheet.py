"""What a release holds for who works in a spreadsheet: a workbook with names, and no file too long for it.

``ranking.xlsx`` is ``rpt_ranking``, with what each column means on its first sheet. A table with more rows
than a spreadsheet takes has a CSV of its newest edition beside it. The same rows give the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb
from xlsxwriter import Workbook

from scripts.marts import quoted, write_csv
from scripts.release.export import Table
from scripts.release.interface import COLUMNS, RELEASED

# What a sheet takes, one row of them the header.
MOST_ROWS = 1_048_576 - 1
FLAT = "rpt_ranking"
WORKBOOK = "ranking.xlsx"
NOTES = (
    "Council productivity index: outcome and spend of England's upper-tier councils, ranked or not.",
    "A rank is one of many that are likely: read it with rank_p05, rank_p95 and ranked_councils.",
    "Never add spend over rankings: a pound of adult social care stands in three of them.",
    "Cash of two editions is of different prices. Whether a change is more than noise: change_verdict.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)
# The same workbook on every day: XlsxWriter packs its files as of a day in 1980 as well.
WRITTEN = datetime(1980, 1, 1)
# Text stays text, whatever it begins with.
AS_IT_IS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DAY = "yyyy-mm-dd"


def add_sheet(
    book: Workbook,
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    widths: Sequence[int],
    wrapped: bool = False,
) -> None:
    """Add a sheet, its header in bold, kept in sight and with a filter; what is missing has no cell."""
    sheet = book.add_worksheet(name)
    style = book.add_format({"text_wrap": True, "valign": "top"} if wrapped else {})
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value is not None and value != "":
                sheet.write(number, place, value, None if isinstance(value, date) else style)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)


def new_workbook(path: Path) -> Workbook:
    """A workbook without a day of its own."""
    book = Workbook(str(path), {"default_date_format": DAY, **AS_IT_IS})
    book.set_properties({"created": WRITTEN})
    return book


def explained(folder: Path, version: str) -> list[tuple[str, str, str]]:
    """What stands on the first sheet: notes, then every column with its unit and meaning."""
    rows = [("", "", note) for note in (f"Release {version}", *NOTES)]
    with (folder / RELEASED[COLUMNS]).open(encoding="utf-8", newline="") as file:
        described = [row for row in csv.DictReader(file) if row["table_name"] == FLAT]
    return rows + [(row["column_name"], row["unit"], row["meaning"]) for row in described]


def write(database: Path, folder: Path, tables: Sequence[Table], version: str) -> None:
    """Write the workbook, and a smaller file beside each that is too long for a spreadsheet.

    Args:
        database: The database of the release.
        folder: Where its files are, those of the interface among them.
        tables: What it publishes.
        version: The release's name.
    """
    with duckdb.connect(str(database), read_only=True, config={"threads": 1}) as connection:
        for table in tables:
            ((rows,),) = connection.execute(f"select count(*) from {table.schema}.{table.name}").fetchall()
            if rows > MOST_ROWS:
                newest(connection, table, folder)
        if FLAT not in {table.name for table in tables}:
            return
        found = connection.execute(
            f"select flat.* from marts.{FLAT} as flat inner join marts.dim_ranking using (ranking_id) "
            "order by edition desc, ranking_order desc, productivity_rank nulls last, council_name, gss_code"
        )
        header = [column[0] for column in found.description]
        rows_found = found.fetchall()
    widths = [max(10, min(34, len(name) + 2)) for name in header]
    with new_workbook(folder / WORKBOOK) as book:
        about = explained(folder, version)
        add_sheet(book, "Read me", ("Column", "Unit", "What it is"), about, (30, 24, 110), wrapped=True)
        add_sheet(book, "Ranking", header, rows_found, widths)


def newest(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """Write the rows of a long table's newest edition beside it."""
    if "edition" not in table.key:
        raise ValueError(f"{table.name} is too long for a spreadsheet and has no editions to part it by")
    source = f"{table.schema}.{table.name}"
    ((edition,),) = connection.execute(f"select max(edition) from {source}").fetchall()
    order = ", ".join(f'"{column}"' for column in table.key)
    rows = f"select * from {source} where edition = {quoted(edition)} order by {order}"
    write_csv(connection, rows, folder / "csv" / f"{table.name}_{edition}.csv")
