"""A seed as rows of text, as they stand in its file, and what differs between two of them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

Row = tuple[str, ...]

SHOWN = 160


@dataclass(frozen=True)
class Table:
    """The header and the rows of a seed; nothing is changed in place.

    Every byte of a file survives: one that is not UTF-8 stands as a surrogate.
    """

    header: Row
    rows: tuple[Row, ...]

    def at(self, column: str) -> int:
        """Where a column stands."""
        return self.header.index(column)

    def cell(self, number: int, column: str) -> str:
        """The text of one cell."""
        return self.rows[number][self.at(column)]

    def having(self, **cells: str) -> list[int]:
        """The numbers of the rows whose cells hold these texts."""
        wanted = [(self.at(column), text) for column, text in cells.items()]
        return [number for number, row in enumerate(self.rows) if all(row[at] == text for at, text in wanted)]

    def with_cells(self, column: str, texts: dict[int, str]) -> Table:
        """The table with other texts in one column, by row number."""
        at, rows = self.at(column), list(self.rows)
        for number, text in texts.items():
            rows[number] = (*rows[number][:at], text, *rows[number][at + 1 :])
        return replace(self, rows=tuple(rows))

    def changed(self, column: str, numbers: Sequence[int], change: Callable[[str], str]) -> Table:
        """The table with the texts of one column changed in these rows."""
        return self.with_cells(column, {number: change(self.cell(number, column)) for number in numbers})

    def without(self, numbers: Sequence[int]) -> Table:
        """The table without these rows."""
        gone = set(numbers)
        return replace(self, rows=tuple(row for number, row in enumerate(self.rows) if number not in gone))

    def with_rows(self, rows: Sequence[Row], after: int | None = None) -> Table:
        """The table with further rows, at the end or behind one of its own."""
        at = len(self.rows) if after is None else after + 1
        return replace(self, rows=(*self.rows[:at], *rows, *self.rows[at:]))


def read(path: Path) -> Table:
    """The table that stands in a file."""
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return Table(tuple(header), tuple(map(tuple, rows)))


def write(table: Table, path: Path) -> None:
    """Write a table as the seeds are written."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([table.header, *table.rows])
    path.write_bytes(file.getvalue().encode("utf-8", errors="surrogateescape"))


@dataclass(frozen=True)
class Difference:
    """What a fault did to a seed: how many lines, and the first of them before and after."""

    lines: int
    row: str
    before: str
    after: str


def cut(text: str) -> str:
    """A text short enough for a report, of printable characters alone."""
    text = text.encode("utf-8", errors="backslashreplace").decode()
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 4]} ..."


def difference(before: Table, after: Table) -> Difference | None:
    """How two versions of a seed differ, line by line; none if they do not."""
    if before.header != after.header:
        return Difference(1, "line 1", cut(",".join(before.header)), cut(",".join(after.header)))
    if len(before.rows) == len(after.rows):
        unlike = [number for number, row in enumerate(before.rows) if row != after.rows[number]]
        if not unlike:
            return None
        one, other = before.rows[unlike[0]], after.rows[unlike[0]]
        cells = [at for at in range(min(len(one), len(other))) if one[at] != other[at]]
        named = [f"{before.header[at]} {one[at]}" for at in cells[:4]]
        row = ", ".join(one[at] for at in range(min(4, len(one))) if at not in cells)
        now = [f"{before.header[at]} {other[at]}" for at in cells[:4]] or [",".join(other)]
        return Difference(len(unlike), cut(row), cut(", ".join(named) or ",".join(one)), cut(", ".join(now)))
    gone, come = Counter(before.rows), Counter(after.rows)
    gone, come = gone - come, come - gone
    lost = next((row for row in before.rows if row in gone), None)
    new = next((row for row in after.rows if row in come), None)
    return Difference(
        gone.total() + come.total(),
        cut(", ".join((lost or new or ("",))[:3])),
        cut(",".join(lost)) if lost else "",
        cut(",".join(new)) if new else "",
    )
