"""Figures that no published file gives: kept in their seeds as they are, with their source and a checksum.

The register ``provenance/carried_figures`` names them, a whole seed or the rows of one period. A run that
finds them changed stops. A file that gives the same rows takes their place, and their line in it goes, unless
the register says that they are newer than the file's edition.

    python -m scripts.ingest.carried [--seeds DIR]

prints the lines whose checksum is not that of the seed, with the one it has, and exits with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.ingest import seeds

REGISTER = "provenance/carried_figures"
BETWEEN = " | "
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True)
class Carried:
    """A line of the register: rows of a seed, where they come from, and what they must be.

    ``column`` and ``text`` say which rows, ``period`` and ``2018-19``, or ``item_id | period`` and both
    texts, or nothing for a whole seed. Files of ``edition`` and older ones are older than the rows; it is
    empty where any file takes their place.
    """

    seed: str
    column: str
    text: str
    rows: int
    sha256: str
    edition: str
    source: str
    note: str

    @property
    def row(self) -> list[str]:
        """The line as the register holds it."""
        head = [self.seed, self.column, self.text, str(self.rows), self.sha256]
        return [*head, self.edition, self.source, self.note]

    def covers(self, row: Mapping[str, str]) -> bool:
        """Whether a row of the seed is among those carried."""
        return all(row[column] == text for column, text in self.part)

    @property
    def part(self) -> list[tuple[str, str]]:
        """Columns that tell the rows, with their texts; none for a whole seed."""
        if not self.column:
            return []
        return list(zip(self.column.split(BETWEEN), self.text.split(BETWEEN), strict=True))


def register(folder: Path) -> list[Carried]:
    """Lines of the register of a folder of seeds; none if it has no register."""
    register_rows = [list(row.values()) for row in seeds.read(folder, REGISTER)]
    return [
        Carried(seed, column, text, int(rows), sha256, edition, source, note)
        for seed, column, text, rows, sha256, edition, source, note in register_rows
    ]


def content(of: seeds.Layout, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Rows as their seed would hold them, header included."""
    return seeds.text_of(of.columns, ([row[column] for column in of.columns] for row in rows)).encode()


def checksum(of: seeds.Layout, rows: Iterable[Mapping[str, str]]) -> str:
    """SHA-256 of rows as their seed would hold them, header included."""
    return hashlib.sha256(content(of, rows)).hexdigest()


def differing(folder: Path) -> Iterator[tuple[Carried, int, str]]:
    """Lines whose rows are not those of the seed, with the number and the checksum of the rows there."""
    for line in register(folder):
        rows = [row for row in seeds.read(folder, line.seed) if line.covers(row)]
        found = checksum(seeds.layout(folder, line.seed), rows)
        if (len(rows), found) != (line.rows, line.sha256):
            yield line, len(rows), found


def check(folder: Path) -> None:
    """Check that every carried row is as the register says.

    Raises:
        SeedError: Rows were changed, added or lost.
    """
    for line, rows, found in differing(folder):
        which = f", {line.column} {line.text}" if line.column else ""
        raise seeds.SeedError(
            f"seeds/{line.seed}.csv{which}: found {rows} carried rows with checksum {found}, expected "
            f"{line.rows} with {line.sha256} (seeds/{REGISTER}.csv). No file gives them: they change by "
            "hand, with their source."
        )


def line_of(
    lines: Iterable[Carried], seed: str, columns: Sequence[str], block: Sequence[str]
) -> Carried | None:
    """The line that covers a block of a seed, if there is one.

    Args:
        lines: Lines of the register.
        seed: The seed.
        columns: Columns of the seed that name a block.
        block: Their texts.

    Raises:
        SeedError: A line tells its rows by another column, so that they are not those of a block.
    """
    for line in lines:
        if line.seed != seed:
            continue
        if any(column not in columns for column, _ in line.part):
            found = f"rows of {seed} by {line.column}, expected by {' or '.join(columns)}"
            raise seeds.SeedError(f"seeds/{REGISTER}.csv: found {found}.")
        if all(block[list(columns).index(column)] == text for column, text in line.part):
            return line
    return None


def main(arguments: Sequence[str]) -> int:
    """Print what differs; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.ingest.carried", description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    found = list(differing(parser.parse_args(arguments).seeds))
    for line, rows, sha256 in found:
        print(f"{line.seed} {line.column} {line.text}: {rows} rows, {sha256}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
