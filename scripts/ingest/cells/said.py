"""What was found in the cells of a workbook, and how a number's format shows it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from scripts.ingest.errors import IngestError

#: Cells of one sheet, from the first row and column to the last of each that holds something.
MOST_CELLS = 10_000_000
#: A text that is a number, with or without separators of thousands.
NUMBER_TEXT = re.compile(r"[-\u2212]?\s*[\d,]*\.?\d+\s*%?", re.ASCII)
#: What is not shown of a format: literals in quotes, escaped signs, padding, conditions and colours.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
#: Places of digits, parts of dates, and the names of formats that show what is there.
SHOWN = re.compile(r"[0#?@ymdhse]|general|standard", re.I)
CONDITION = re.compile(r"\[[<>=]")
FORMULA_WITHOUT_RESULT = "a formula without a stored result"


@dataclass
class Said:
    """Texts of cells, by sheet and then by row and column from 0, and what was handled by rule."""

    texts: dict[str, dict[tuple[int, int], str]] = field(default_factory=lambda: defaultdict(dict))
    notices: list[str] = field(default_factory=list)


@cache
def shows(code: str, is_negative: bool) -> bool:
    """Whether a number format shows a number other than 0 at all, or hides it behind a literal or nothing."""
    if CONDITION.search(code):
        return True
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    section = sections[1] if is_negative and len(sections) > 1 else sections[0]
    return bool(SHOWN.search(LITERAL.sub("", section)))


def hidden(number: str, code: str) -> str:
    """Text of a cell whose number its format hides."""
    return f"{number}, hidden by the format {code}"


def check_size(file: str, sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet that reaches further than any that is read: its grid would not fit into memory.

    Raises:
        IngestError: It has more cells than are read.
    """
    if rows * columns > MOST_CELLS:
        found = f"a sheet of {rows:,} rows and {columns:,} columns"
        raise IngestError(file, found, f"at most {MOST_CELLS:,} cells", sheet)
