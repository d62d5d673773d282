"""Plain text tables."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDEST_CELL = 60
WIDEST_LINE = 140
# Wide enough that no column is ever narrowed: a line that is too long is cut at its end.
UNBOUNDED = 100_000


def cut(line: str, width: int) -> str:
    """A line of at most this width, with a sign where something was cut off."""
    return line if len(line) <= width else line[: width - 1] + "…"


def text(value: object) -> str:
    """One cell on one line."""
    return "" if value is None else cut(" ".join(str(value).split()), WIDEST_CELL)


def aligned(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    right: Sequence[str] = (),
    widest: int = WIDEST_LINE,
) -> str:
    """Rows under their header in columns of equal width; columns named in ``right`` align right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    # As Text, since rich takes square brackets in a str for markup.
    for name in header:
        table.add_column(Text(name), justify="right" if name in right else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(text(cell)) for cell in row))
    lines = io.StringIO()
    Console(file=lines, width=UNBOUNDED, color_system=None, force_terminal=False).print(table, crop=False)
    return "\n".join(cut(line.rstrip(), widest) for line in lines.getvalue().splitlines())
