"""Changes to files as published, made to their opened sheets: what a later file could come with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from scripts.ingest import registers
from scripts.ingest.contract import Log
from scripts.ingest.held import Held, check_held
from scripts.ingest.readers import recognised
from scripts.ingest.readers.base import Reader
from scripts.ingest.workbook import Book, IngestError, Sheet, normal, open_book, printed

Columns = list[list[object]]
Edit = Callable[[dict[str, "Grid"]], None]


class Grid:
    """A sheet whose cells can be changed."""

    def __init__(self, sheet: Sheet) -> None:
        """Take a copy of the sheet's cells."""
        self.sheet = sheet
        self.columns: Columns = [list(column) for column in sheet.columns]

    @property
    def height(self) -> int:
        """Rows in the grid."""
        return len(self.columns[0]) if self.columns else 0

    def text(self, row: int, column: int) -> str:
        """Printed text of a cell."""
        return printed(self.columns[column][row])

    def place(self, text: str, rows: int = 60) -> tuple[int, int]:
        """First cell near the top that begins with a text, whatever its case and spacing."""
        return next(
            (row, column)
            for row in range(min(rows, self.height))
            for column in range(len(self.columns))
            if normal(self.text(row, column)).startswith(normal(text))
        )

    def column(self, header: str) -> int:
        """Column headed by exactly this text."""
        return next(
            column
            for row in range(min(60, self.height))
            for column in range(len(self.columns))
            if normal(self.text(row, column)) == normal(header)
        )

    def rows(self, **texts: str) -> list[int]:
        """Rows with these texts in columns, named by their letters from A to Z."""
        places = {ord(letter) - 65: text for letter, text in texts.items()}
        return [
            row
            for row in range(self.height)
            if all(self.text(row, column) == text for column, text in places.items())
        ]

    def exchange(self, one: int, other: int, columns: Iterable[int]) -> None:
        """Exchange the cells of two rows in these columns."""
        for column in columns:
            cells = self.columns[column]
            cells[one], cells[other] = cells[other], cells[one]

    def shift(self, rows: Sequence[int], columns: Iterable[int]) -> None:
        """Move the cells of these rows down by one row, the last to the first."""
        for column in columns:
            cells = self.columns[column]
            values = [cells[row] for row in rows]
            for row, value in zip(rows, [values[-1], *values[:-1]], strict=True):
                cells[row] = value

    def times(self, rows: Iterable[int], columns: Iterable[int], factor: float) -> None:
        """Multiply the numbers of these rows in these columns."""
        wanted = list(rows)
        for column in columns:
            cells = self.columns[column]
            for row in wanted:
                cells[row] = multiplied(cells[row], factor)


def multiplied(value: object, factor: float) -> object:
    """A number times a factor, with its text where it is kept as text; anything else as it is."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * factor, 6)
    if isinstance(value, str):
        try:
            return printed(round(float(value) * factor, 6))
        except ValueError:
            return value
    return value


def read_after(path: Path, edit: Edit, known: registers.Registers, held: Held) -> list[str]:
    """What is said against a file once it is changed: by its reader, and by what the seeds hold."""
    book = open_book(path)
    log = Log()
    try:
        changed = _edited(book, edit)
        reader = recognised(changed)
        assert isinstance(reader, Reader), reader.reason
        reading = reader.read(changed, known, log)
        if not log.errors:
            log.errors += check_held(book.name, reading, {seed.path: seed for seed in reader.seeds}, held)
    except IngestError as error:
        log.errors.append(error)
    return [str(error) for error in log.errors]


def _edited(book: Book, edit: Edit) -> Book:
    grids = {sheet.name: Grid(sheet) for sheet in book.sheets}
    edit(grids)
    sheets = [replace(grid.sheet, columns=grid.columns) for grid in grids.values()]
    return replace(book, sheets=tuple(sheets))
