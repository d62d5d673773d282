"""Rows of a data class in a CSV file, each written as it comes: a run that is killed goes on after it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")
# The types of fields as a module that postpones them spells them.
TYPES: dict[str, type] = {"int": int, "float": float, "str": str}


class Rows(Generic[Row]):
    """The rows of one data class, whose fields are text and numbers, in one file."""

    def __init__(self, path: Path, kind: type[Row]) -> None:
        """Name the file; nothing is read or written yet."""
        self.path, self.kind = path, kind
        self.types: dict[str, type] = {each.name: TYPES[str(each.type)] for each in fields(kind)}

    def read(self) -> list[Row]:
        """The rows so far."""
        if not self.path.exists():
            return []
        with self.path.open(encoding="utf-8", newline="") as file:
            return [self.from_text(row) for row in csv.DictReader(file)]

    def from_text(self, texts: dict[str, str]) -> Row:
        """A row as it was written."""
        values: dict[str, Any] = {name: kind(texts[name]) for name, kind in self.types.items()}
        return self.kind(**values)

    def add(self, row: Row) -> None:
        """Add a row at the end."""
        is_new = not self.path.exists()
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(self.types), lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerow(asdict(row))

    def keep(self, rows: Sequence[Row]) -> None:
        """Keep these rows and no other."""
        self.path.unlink(missing_ok=True)
        for row in rows:
            self.add(row)
