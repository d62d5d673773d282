"""Figures that no published file gives: kept in their seeds as they are, with their source and a checksum.

The register ``provenance/carried_figures`` names them, a whole seed or the rows of one period. A run that
finds them changed stops; a file that gives the same rows takes their place, and their line in it goes.

    python -m scripts.ingest.carried [--seeds DIR]

prints the lines whose checksum is not that of the seed, with the one it has, and exits with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.ingest import seeds

REGISTER = "provenance/carried_figures"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True)
class Carried:
    """A line of the register: rows of a seed, where they come from, and what they must be.

    ``column`` and ``text`` say which rows, ``period`` and ``2018-19``; both are empty for a whole seed.
    """

    seed: str
    column: str
    text: str
    rows: int
    sha256: str
    source: str
    note: str

    @property
    def row(self) -> list[str]:
        """The line as the register holds it."""
        return [self.seed, self.column, self.text, str(self.rows), self.sha256, self.source, self.note]

    def covers(self, row: Mapping[str, str]) -> bool:
        """Whether a row of the seed is among those carried."""
        return not self.column or row[self.column] == self.text


def register(folder: Path) -> list[Carried]:
    """Lines of the register of a folder of seeds; none if it has no register."""
    rows = [list(row.values()) for row in seeds.read(folder, REGISTER)]
    return [Carried(*row[:3], int(row[3]), *row[4:]) for row in rows]


def checksum(of: seeds.Layout, rows: Iterable[Mapping[str, str]]) -> str:
    """SHA-256 of rows as their seed would hold them, header included."""
    text = seeds.text_of(of.columns, ([row[column] for column in of.columns] for row in rows))
    return hashlib.sha256(text.encode()).hexdigest()


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


def is_given(line: Carried, seed: str, block: Sequence[str], blocks: Collection[tuple[str, ...]]) -> bool:
    """Whether files give the carried rows of a seed.

    Args:
        line: The line of the register.
        seed: The seed.
        block: Columns of the seed that name a block.
        blocks: Blocks of the seed that files gave.
    """
    if line.seed != seed:
        return False
    if not line.column:
        return bool(blocks)
    if line.column not in block:
        expected = " or ".join(block)
        raise seeds.SeedError(
            f"seeds/{REGISTER}.csv: found rows of {line.seed} by {line.column}, expected by {expected}."
        )
    place = list(block).index(line.column)
    return any(name[place] == line.text for name in blocks)


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
