"""Figures changed by hand: each has a line with its reason, any other difference from a file is refused.

``provenance/ingested_blocks`` holds a checksum of the figures of every block as their file prints them. A
seed is what was read, but for the cells that ``provenance/hand_corrections`` names with the figure printed,
the figure in its place and the reason. Carried figures are not covered: they have checksums of their own.

    python -m scripts.ingest.by_hand [--seeds DIR]

says what differs and exits with 1. With ``SEED KEY COLUMN VALUE --reason TEXT`` it corrects one figure, or
takes a correction back where VALUE is what the file prints.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.ingest import carried, seeds
from scripts.ingest.blocks import BETWEEN, BLOCKS, CARRIED, FILES, Key

REGISTER = "provenance/hand_corrections"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SHOWN = 5


@dataclass(frozen=True)
class Correction:
    """A line of the register: the cell, what its file prints there, what stands there instead, and why."""

    seed: str
    key: Key
    column: str
    printed: str
    value: str
    reason: str

    @property
    def row(self) -> list[str]:
        """The line as the register holds it."""
        return [self.seed, BETWEEN.join(self.key), self.column, self.printed, self.value, self.reason]

    @property
    def place(self) -> str:
        """Seed, row and column, as people name them."""
        return f"seeds/{self.seed}.csv, {' '.join(self.key)} {self.column}"


def register(folder: Path) -> list[Correction]:
    """Lines of the register of a folder of seeds; none if it has no register."""
    return [
        Correction(seed, tuple(key.split(BETWEEN)), column, printed, value, reason)
        for seed, key, column, printed, value, reason in (
            list(row.values()) for row in seeds.read(folder, REGISTER)
        )
    ]


def checksum(values: Mapping[Key, str]) -> str:
    """SHA-256 of the figures of a block and a column by their keys; a blank is none."""
    rows = ([*key, value] for key, value in values.items() if value.strip())
    return hashlib.sha256(seeds.text_of((), rows).encode()).hexdigest()


@cache
def block_columns() -> dict[str, tuple[str, ...]]:
    """By seed: the columns that name its blocks, as its reader declares them."""
    # Here, since the readers load what reads workbooks.
    from scripts.ingest.readers import READERS

    return {seed.path: seed.block for reader in READERS for seed in reader.seeds}


def as_printed(
    of: seeds.Layout, rows: Mapping[Key, Mapping[str, str]], corrections: Sequence[Correction]
) -> dict[Key, dict[str, str]]:
    """Rows of a seed with what their files print in place of what was corrected.

    Raises:
        SeedError: A line of the register names no row or column, or the seed has another figure there.
    """
    found = {key: dict(row) for key, row in rows.items()}
    for line in (line for line in corrections if line.seed == of.path):
        if line.key not in found or line.column not in of.values:
            raise seeds.SeedError(f"seeds/{REGISTER}.csv: there is no {line.place}.")
        now = found[line.key][line.column]
        if now != line.value:
            raise seeds.SeedError(
                f"{line.place}: found '{now}', expected '{line.value}', as seeds/{REGISTER}.csv says. "
                f"{_command(line.seed, line.key, line.column)}"
            )
        found[line.key][line.column] = line.printed
    return found


def _command(seed: str, key: Sequence[str], column: str) -> str:
    return (
        "A correction by hand is made by: make correct "
        f"SEED={seed.split('/')[1]} KEY='{BETWEEN.join(key)}' COLUMN={column} VALUE=... REASON='...'"
    )


def applied(
    of: seeds.Layout, rows: Sequence[Sequence[str]], corrections: Sequence[Correction]
) -> tuple[list[list[str]], list[Correction], list[str]]:
    """Rows of a seed with its corrections made, those that still hold, and what is said of the others.

    A correction holds as long as the file prints what it was made against.
    """
    found = {tuple(row[of.columns.index(column)] for column in of.key): list(row) for row in rows}
    kept, notices = [], []
    for line in (line for line in corrections if line.seed == of.path):
        place = of.columns.index(line.column)
        printed = found[line.key][place] if line.key in found else None
        if printed == line.printed:
            found[line.key][place] = line.value
            kept.append(line)
        else:
            now = "no row" if printed is None else f"'{printed}'"
            notices.append(
                f"{line.place}: the correction of '{line.printed}' to '{line.value}' ({line.reason}) is "
                f"given up, the file has {now}"
            )
    return list(found.values()), kept, notices


@dataclass(frozen=True)
class Difference:
    """A block of a seed that is not what was read."""

    seed: str
    block: str
    column: str
    found: str
    expected: str
    file: str

    def __str__(self) -> str:
        """The block, what was found and expected, and what to do."""
        where = " ".join(filter(None, [self.block, self.column]))
        return f"seeds/{self.seed}.csv, {where}: found {self.found}, expected {self.expected} of {self.file}."


def differing(folder: Path, whole: bool = True) -> Iterator[Difference]:
    """Blocks whose figures are not those that were read, apart from what the register of corrections names.

    Args:
        folder: The folder of seeds.
        whole: Blocks that no file gave count, too, where the register of carried figures does not name
            them. An ingest takes them along and says so.

    Raises:
        SeedError: That register contradicts a seed.
    """
    corrections, lines = register(folder), carried.register(folder)
    files = {row["sha256"]: row["file_name"] for row in seeds.read(folder, FILES)}
    known: dict[str, dict[tuple[str, str], dict[str, str]]] = defaultdict(dict)
    for row in seeds.read(folder, BLOCKS):
        known[row["seed"]][row["block"], row["column_name"]] = row
    for path, blocks in sorted(known.items()):
        of, columns = seeds.layout(folder, path), block_columns()[path]
        rows = {tuple(row[column] for column in of.key): row for row in seeds.read(folder, path)}
        figures: dict[tuple[str, str], dict[Key, str]] = defaultdict(dict)
        for key, row in as_printed(of, rows, corrections).items():
            block = BETWEEN.join(row[column] for column in columns)
            for column in of.values:
                if row[column]:
                    figures[block, column][key] = row[column]
        for name in sorted(blocks.keys() | figures.keys()):
            held, values = blocks.get(name), figures.get(name, {})
            texts = name[0].split(BETWEEN) if columns else []
            if held and held["sheet"] != CARRIED:
                expected, file = held["figures_sha256"], files.get(held["sha256"], "a file")
                if (found := checksum(values)) != expected:
                    yield Difference(path, *name, _told(values, found), _told(None, expected), file)
            elif whole and values and not carried.line_of(lines, path, columns, texts):
                yield Difference(path, *name, _told(values, checksum(values)), "none", "any file")


def _told(values: Mapping[Key, str] | None, sha256: str) -> str:
    count = "" if values is None else f"{len(values)} figures with "
    return f"{count}checksum {sha256[:12]}"


def check(folder: Path, whole: bool = True) -> None:
    """Check that every figure is the one that was read, or has a line that says why not (see ``differing``).

    Raises:
        SeedError: One was changed, added or lost.
    """
    found = list(differing(folder, whole))
    if not found:
        return
    more = f" And {len(found) - SHOWN} blocks more." if len(found) > SHOWN else ""
    raise seeds.SeedError(
        " ".join(str(each) for each in found[:SHOWN])
        + f"{more} They were changed after they were read. Undo it (git diff seeds), or read the file again "
        f"(make ingest FROM=...); what no file gives has its source in seeds/{carried.REGISTER}.csv. "
        + _command(found[0].seed, ["..."], found[0].column)
    )


def corrected(folder: Path, name: str, key: Key, column: str, value: str, reason: str) -> str:
    """Correct one figure of a seed; returns what was done.

    Raises:
        SeedError: There is no such cell, it is carried, no reason is given, or the seeds differ already.
    """
    with seeds.only_writer(folder) as staging:
        check(folder)
        paths = {path for path in block_columns() if name in (path, path.split("/")[1])}
        if not paths:
            raise seeds.SeedError(f"{name}: no ingest writes this seed; change it where it stands.")
        (path,) = paths
        of, lines = seeds.layout(folder, path), register(folder)
        rows = {tuple(row[each] for each in of.key): row for row in seeds.read(folder, path)}
        if key not in rows or column not in of.values:
            found = f"{', '.join(of.key)} = {', '.join(key)}, {column}"
            raise seeds.SeedError(f"seeds/{path}.csv has no {found}.")
        block = [rows[key][each] for each in block_columns()[path]]
        if carried.line_of(carried.register(folder), path, block_columns()[path], block):
            place = f"seeds/{path}.csv, {' '.join(key)}"
            raise seeds.SeedError(f"{place}: carried; see seeds/{carried.REGISTER}.csv.")
        cell = (path, key, column)
        old = next((line for line in lines if (line.seed, line.key, line.column) == cell), None)
        printed = old.printed if old else rows[key][column]
        line = Correction(path, key, column, printed, value.strip(), reason.strip())
        if not line.reason and line.value != printed:
            raise seeds.SeedError(f"{line.place}: say why, with REASON='...'.")
        lines = [each for each in lines if each != old]
        if line.value != printed:
            lines.append(line)
        rows[key][column] = line.value
        texts = {
            path: seeds.text_of(of.columns, ([row[each] for each in of.columns] for row in rows.values())),
            REGISTER: seeds.text_of(seeds.layout(folder, REGISTER).columns, (each.row for each in lines)),
        }
        seeds.write(folder, staging, texts)
        if line.value == printed:
            return f"{line.place}: '{printed}' again, as its file prints it."
        return f"{line.place}: '{line.value}' in place of '{printed}', which its file prints ({line.reason})."


def main(arguments: Sequence[str]) -> int:
    """Say what differs, or correct a figure; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.ingest.by_hand", description=__doc__.split("\n")[0])
    parser.add_argument("cell", nargs="*", metavar="SEED KEY COLUMN VALUE")
    parser.add_argument("--reason", default="")
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    chosen = parser.parse_args(arguments)
    if len(chosen.cell) not in (0, 4):
        parser.error("name seed, key, column and value, or nothing")
    try:
        if chosen.cell:
            seed, key, column, value = chosen.cell
            parts = tuple(text.strip() for text in key.split(BETWEEN.strip()))
            print(corrected(chosen.seeds, seed, parts, column, value, chosen.reason))
        else:
            check(chosen.seeds)
    except seeds.SeedError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
