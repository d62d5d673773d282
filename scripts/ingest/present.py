"""The seeds as they stand before an ingest, with what provenance says of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scripts.ingest import by_hand, seeds
from scripts.ingest.blocks import (
    BETWEEN,
    BLOCKS,
    CARRIED,
    FILES,
    REVISIONS,
    BlockName,
    CellBlock,
    Key,
    Place,
    Source,
)
from scripts.ingest.readers.base import Seed

#: Stands for the source of carried figures until their checksum is known.
NO_FILE = Source("", "", "", "", 0, "", "", CARRIED, "")


class Present:
    """The seeds as they stand before the run, with what provenance says of them."""

    def __init__(self, folder: Path) -> None:
        """Read them from the folder ``seeds``."""
        self.folder = folder
        self.sources: dict[str, Source] = {}
        for row in seeds.read(folder, FILES):
            publication, edition, period, file, size, *others = row.values()
            sha256, retrieved_on, reader, version = others
            self.sources[row["sha256"]] = Source(
                publication, edition, period, file, int(size), sha256, retrieved_on, reader, version
            )
        self.retrieved = {
            source.sha256: source.retrieved_on for source in self.sources.values() if source.reader != CARRIED
        }
        self.blocks = seeds.read(folder, BLOCKS)
        self.corrections = by_hand.register(folder)
        columns = seeds.layout(folder, REVISIONS).columns
        self.revisions = {
            tuple(row.get(column, "") for column in columns) for row in seeds.read(folder, REVISIONS)
        }

    def rows(self, of: seeds.Layout) -> dict[Key, dict[str, str]]:
        """Rows of a seed by key, as their files print them where a figure was corrected by hand."""
        rows = seeds.read(self.folder, of.path)
        keyed = {tuple(row[column] for column in of.key): row for row in rows}
        return by_hand.as_printed(of, keyed, self.corrections)

    def cell_blocks(self, of: seeds.Layout, seed: Seed) -> dict[BlockName, CellBlock]:
        """Figures of a seed by cell block; those that no ingested file gave are carried."""
        rows_by_block: dict[Key, dict[Key, dict[str, str]]] = defaultdict(dict)
        for key, row in self.rows(of).items():
            rows_by_block[tuple(row[column] for column in seed.block)][key] = row
        known = {
            (tuple(row["block"].split(BETWEEN)) if row["block"] else (), row["column_name"]): row
            for row in self.blocks
            if row["seed"] == of.path
        }
        blocks = {}
        for block, rows in rows_by_block.items():
            has_source = any((block, column) in known for column in of.values)
            for column in of.values:
                held = known.get((block, column))
                source = self.sources.get(held["sha256"]) if held else None
                if held and source and source.reader != CARRIED:
                    place = place_of(held)
                elif has_source and not (held and source):
                    # The file of this block does not have the column.
                    continue
                else:
                    source, place = NO_FILE, (CARRIED, "", "", "", "", "")
                values = {key: row_of_seed[column] for key, row_of_seed in rows.items()}
                printed = {key: value for key, value in values.items() if value}
                if held and held["rows_written"] == str(len(printed)):
                    # The other rows come from another table, whose authorities this one does not print.
                    values = printed
                blocks[of.path, block, column] = CellBlock(source, values, place)
        return blocks


def place_of(row: Mapping[str, str]) -> Place:
    """Where a line of provenance says that figures stand."""
    return (
        row["sheet"],
        row["code_kind"],
        row["code_column"],
        row["value_column"],
        row["first_row"],
        row["last_row"],
    )


def with_carried_source(of: seeds.Layout, blocks: dict[BlockName, CellBlock]) -> dict[BlockName, CellBlock]:
    """Give cell blocks without a file their source: the seed itself, with a checksum of their figures."""
    carried = {name: block for name, block in blocks.items() if block.source is NO_FILE}
    figures = [
        (*key, column, value)
        for (_, _, column), block in carried.items()
        for key, value in block.values.items()
    ]
    content = seeds.text_of((), figures).encode()
    checksum = hashlib.sha256(content).hexdigest()
    name = of.path.split("/")[1]
    source = Source(name, "", "", f"{of.path}.csv", len(content), checksum, "", CARRIED, "")
    return blocks | {name: replace(block, source=source) for name, block in carried.items()}
