"""Pages that are written by a command: paragraphs and tables in Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def prose(text: str) -> str:
    """A paragraph in lines as long as those of the other pages."""
    return textwrap.fill(" ".join(text.split()), 118, break_long_words=False, break_on_hyphens=False)


def markdown(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell(each) for each in line) + " |" for line in lines)


def cell(text: object) -> str:
    """Text for a cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def measured_table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table of what was measured: what it is of on the left, numbers on the right."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [header, rule, *lines])


def put_into(page: Path, command: str, table: str) -> None:
    """Replace the table of a page that a command has measured, and nothing else of it."""
    text, mark = page.read_text(encoding="utf-8"), f"<!-- measured by {command} -->"
    before, found, rest = text.partition(mark)
    if not found:
        raise ValueError(f"{page} has no line {mark}")
    after = rest.lstrip("\n")
    while after.startswith("|"):
        after = after.partition("\n")[2]
    page.write_text(f"{before}{mark}\n\n{table}\n\n{after.lstrip()}", encoding="utf-8")
