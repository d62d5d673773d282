"""Rows of data tests that a person has accepted, as a database was built with them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scripts.tables import aligned

HEADER = ("Data test", "Row", "Reason", "Until")
QUERY = """
select data_test, subject, reason, last_edition
from seeds.accepted_rows
order by data_test, subject
"""


def accepted_in(database: Path) -> list[tuple[str, str, str, str]]:
    """The rows; none where the database knows no such register."""
    with duckdb.connect(str(database), read_only=True) as connection:
        try:
            return connection.execute(QUERY).fetchall()
        except duckdb.CatalogException:
            return []


def told(database: Path) -> str:
    """What a build says of them; nothing where there is none."""
    rows = accepted_in(database)
    if not rows:
        return ""
    return "Accepted by a person (seeds/register/accepted_rows.csv):\n" + aligned(HEADER, rows)
