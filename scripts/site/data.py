"""Rows for the pages: every figure is a query under ``site_src/queries`` over the published marts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
SETUP = "_setup"


class Figures:
    """The published database, read only, and the rows of each query, read once."""

    def __init__(self, database: Path, queries: Path) -> None:
        """Open the database and make the tables that every query reads."""
        self.queries = queries
        self.connection = duckdb.connect(str(database), read_only=True)
        self.connection.execute((queries / f"{SETUP}.sql").read_text(encoding="utf-8"))
        self.kept: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """All rows of a query, in its order."""
        if name not in self.kept:
            cursor = self.connection.execute((self.queries / f"{name}.sql").read_text(encoding="utf-8"))
            names = [column[0] for column in cursor.description]
            self.kept[name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return self.kept[name]

    def by(self, name: str, *keys: str) -> defaultdict[Any, list[Row]]:
        """The rows of a query by one or several of their columns."""
        groups: defaultdict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(name):
            groups[row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)].append(row)
        return groups

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()


def first(rows: Sequence[Row]) -> Row | None:
    """The first row, if there is one."""
    return rows[0] if rows else None
