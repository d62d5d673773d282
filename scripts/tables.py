"""Plain text tables."""

from __future__ import annotations

from collections.abc import Sequence

WIDEST_CELL = 60
WIDEST_LINE = 140


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
    table = [list(header), *([text(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = [
            cell.rjust(width) if name in right else cell.ljust(width)
            for name, cell, width in zip(header, row, widths, strict=True)
        ]
        lines.append(cut("  ".join(cells).rstrip(), widest))
    return "\n".join(lines)
