"""The error that names what is wrong with a published file."""

from __future__ import annotations


class IngestError(Exception):
    """Something in a file is not as declared: where, what was found, what was expected."""

    def __init__(self, file: str, found: str, expected: str, sheet: str = "", cell: str = "") -> None:
        """Keep the parts, so that a report can group by them, and say them as one sentence."""
        self.file, self.sheet, self.cell = file, sheet, cell
        self.found, self.expected = found, expected
        place = file + (f", sheet '{sheet}'" if sheet else "") + (f", cell {cell}" if cell else "")
        super().__init__(f"{place}: found {found}, expected {expected}.")
