"""Say in which file, sheet and cell the figures of a seed row stand.

    python -m scripts.ingest.trace SEED KEY ... [--from FOLDER] [--seeds DIR]

KEY is the row's key in the order of the seed's YAML, one argument each or one text with `` | `` between. With
the folder of publications the file is read again and the cell named; without it, the block of rows.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.ingest import by_hand, registers, run, seeds
from scripts.ingest.__main__ import SEEDS
from scripts.ingest.blocks import BETWEEN, BLOCKS, CARRIED, FILES
from scripts.ingest.contract import Log
from scripts.ingest.readers import recognised
from scripts.ingest.readers.base import Reader
from scripts.ingest.workbook import open_book


def traced(seeds_folder: Path, name: str, key: Sequence[str], folder: Path | None = None) -> Iterator[str]:
    """A line for each value column of a seed row.

    Args:
        seeds_folder: The folder of seeds.
        name: The seed, with or without its folder.
        key: Texts of its key columns.
        folder: Where the published files are, to name cells.

    Raises:
        SeedError: There is no such seed or row, or nothing was ingested for it.
    """
    blocks = seeds.read(seeds_folder, BLOCKS)
    path = next((row["seed"] for row in blocks if name in (row["seed"], row["seed"].split("/")[1])), "")
    if not path:
        raise seeds.SeedError(f"{name}: no ingest has written this seed.")
    of = seeds.layout(seeds_folder, path)
    rows = seeds.read(seeds_folder, path)
    row = next((row for row in rows if [row[column] for column in of.key] == list(key)), None)
    if row is None:
        raise seeds.SeedError(f"seeds/{path}.csv has no row with {', '.join(of.key)} = {', '.join(key)}.")
    files = {row["sha256"]: row["file_name"] for row in seeds.read(seeds_folder, FILES)}
    cells: dict[str, dict[str, str]] = {}
    by_column = {
        line.column: line
        for line in by_hand.register(seeds_folder)
        if line.seed == path and line.key == tuple(key)
    }
    # A block is named by some of the key's texts, in whatever order its reader declares.
    mine = [block for block in blocks if block["seed"] == path and _holds(block["block"].split(BETWEEN), key)]
    for block in mine:
        column, sha256 = block["column_name"], block["sha256"]
        figure = f"{column} = {row[column] or 'blank'}"
        if block["sheet"] == CARRIED:
            yield f"{figure}: carried, no ingested file gave it"
            continue
        if folder and sha256 not in cells:
            cells[sha256] = _cells(folder, seeds_folder, sha256, path, tuple(key))
        if line := by_column.get(column):
            figure += f", by hand in place of {line.printed or 'blank'} ({line.reason})"
        sheet = f", sheet '{block['sheet']}'" if block["sheet"] else ""
        cell = cells.get(sha256, {}).get(column)
        place = f"cell {cell}" if cell else _rows(block)
        yield f"{figure}: {files[sha256]}{sheet}, {place}"


def _holds(block: Sequence[str], key: Sequence[str]) -> bool:
    return all(text in key for text in block if text)


def _rows(block: dict[str, str]) -> str:
    kind = f"{block['code_kind']} code" if block["code_kind"] else "key"
    where = f"column {block['value_column']}, rows {block['first_row']} to {block['last_row']}"
    return f"{where}, where column {block['code_column']} shows its {kind}"


def _cells(folder: Path, seeds_folder: Path, sha256: str, path: str, key: tuple[str, ...]) -> dict[str, str]:
    """Cell of each value column of a row, read again out of the file with this checksum."""
    for file in run.files_in(folder):
        if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            continue
        book = open_book(file)
        reader = recognised(book)
        if isinstance(reader, Reader):
            parts = reader.read(book, registers.load(seeds_folder), Log()).parts
            return {
                column: f"{letter}{part.rows[key][0] + 1}"
                for part in parts
                if part.seed == path and key in part.rows
                for column, letter in part.columns.items()
            }
    return {}


def main(arguments: Sequence[str]) -> int:
    """Trace one row; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.ingest.trace", description=__doc__.split("\n")[0])
    parser.add_argument("seed")
    parser.add_argument("key", nargs="+")
    parser.add_argument("--from", dest="folder", type=Path, help="folder of published files")
    parser.add_argument("--seeds", type=Path, default=SEEDS)
    chosen = parser.parse_args(arguments)
    key = [text.strip() for part in chosen.key for text in part.split(BETWEEN.strip())]
    try:
        for line in traced(chosen.seeds, chosen.seed, key, chosen.folder):
            print(line)
    except seeds.SeedError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
