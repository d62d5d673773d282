"""Let newer editions supersede older ones, cell block by cell block.

Figures are held by *cell block*: one value column of a seed in one block (period, item), which comes from one
file. The newest edition that has a cell block gives all of it, so a council that a revision prints under
another code does not stand twice. Cell blocks of the present seeds that no file of this run has are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from scripts.ingest import by_hand, carried, seeds
from scripts.ingest.blocks import (
    BETWEEN,
    BLOCKS,
    CARRIED,
    FILES,
    REVISIONS,
    BlockName,
    CellBlock,
    Change,
    Key,
    Result,
    Source,
)
from scripts.ingest.parts import Part, Reading
from scripts.ingest.present import Present, with_carried_source
from scripts.ingest.readers.base import Reader, Seed

EMPTY: Mapping[str, str] = MappingProxyType({})


def merged(
    found: Sequence[tuple[Source, Reader, Reading]],
    before: Present,
    result: Result,
    reasons: Mapping[str, str] = EMPTY,
) -> dict[str, str]:
    """Texts of every seed that the files read feed, and of the seeds of provenance.

    A file with a reason, by its checksum, is taken where it has other figures than a held one of its edition.
    """
    revisions = set(before.revisions)
    of_seed: dict[str, list[tuple[Source, Part]]] = defaultdict(list)
    declared: dict[str, Seed] = {}
    for source, reader, reading in found:
        declared |= {seed.path: seed for seed in reader.seeds}
        for part in reading.parts:
            of_seed[part.seed].append((source, part))
    used = {source.sha256 for source, _, _ in found}
    sources = {source.sha256: source for source, _, _ in found}
    texts: dict[str, str] = {}
    rivalry = Rivalry(used, reasons)
    kept = carried.register(before.folder)
    corrections = [line for line in before.corrections if line.seed not in of_seed]
    block_rows = [list(row.values()) for row in before.blocks if row["seed"] not in of_seed]
    for path, parts in sorted(of_seed.items()):
        of = seeds.layout(before.folder, path)
        blocks: dict[BlockName, CellBlock] = {}
        claims: dict[BlockName, list[CellBlock]] = defaultdict(list)
        for source, part in parts:
            for name, cell_block in _cell_blocks(source, part):
                claims[name].append(cell_block)
        covered = {name[1] for name in claims}
        lines = [line for line in kept if line.seed == path]
        columns = declared[path].block
        given = {
            line
            for name, rivals in claims.items()
            if (line := carried.line_of(lines, path, columns, name[1]))
            and any(rival.source.edition > line.edition for rival in rivals)
        }
        kept = [line for line in kept if line not in given]
        for name, cell_block in before.cell_blocks(of, declared[path]).items():
            if cell_block.source.reader != CARRIED:
                # What this run reads again is not an older edition.
                if cell_block.source.sha256 not in used:
                    claims[name].append(cell_block)
            elif line := carried.line_of(kept, path, columns, name[1]):
                claims[name].append(replace(cell_block, source=_source_of(line, before)))
            elif name[1] not in covered:
                # What was carried gives way to any file, unless the register says that it is newer.
                claims[name].append(cell_block)
        _say_carried(path, lines, given, claims, result)
        for name, rivals in claims.items():
            blocks[name] = _newest(name, rivals, revisions, result, rivalry)
        blocks = with_carried_source(of, blocks)
        rows = _rows_of(of, blocks)
        in_seed, holding, given_up = by_hand.applied(of, rows, before.corrections)
        corrections += holding
        result.notices += given_up
        texts[path] = seeds.text_of(of.columns, in_seed)
        for (_, block, column), cell_block in blocks.items():
            sources[cell_block.source.sha256] = cell_block.source
            block_rows.append(
                [
                    path,
                    BETWEEN.join(block),
                    column,
                    cell_block.source.sha256,
                    *cell_block.place,
                    str(len(cell_block.values)),
                    "" if cell_block.source.reader == CARRIED else by_hand.checksum(cell_block.values),
                ]
            )
        _count(of, blocks, rows, result)
        result.changes += changes(of, before.rows(of), rows)
    needed = {row[3] for row in block_rows}
    result.notices += rivalry.notices()
    # The same figures in other bytes are nothing new.
    sources = {
        sha256: source
        for sha256, source in sources.items()
        if sha256 in needed or sha256 not in rivalry.the_same
    }
    # A file whose figures are all superseded stays in the list: revisions name it.
    sources = {
        sha256: source
        for sha256, source in before.sources.items()
        if sha256 in needed or source.reader != CARRIED
    } | sources
    provenance: dict[str, Iterable[Sequence[str]]] = {
        FILES: [source.row for source in sources.values()],
        BLOCKS: block_rows,
        REVISIONS: revisions,
        carried.REGISTER: [line.row for line in kept],
        by_hand.REGISTER: [line.row for line in corrections],
    }
    for path, listed in provenance.items():
        texts[path] = seeds.text_of(seeds.layout(before.folder, path).columns, listed)
    return texts


def _source_of(line: carried.Carried, before: Present) -> Source:
    """Carried rows as a source: newer than the edition their line names, older than any later one."""
    of = seeds.layout(before.folder, line.seed)
    rows = [row for row in before.rows(of).values() if line.covers(row)]
    name, size = line.seed.split("/")[1], len(carried.content(of, rows))
    edition = f"{line.edition}+" if line.edition else ""
    return Source(name, edition, line.text, f"{line.seed}.csv", size, line.sha256, "", CARRIED, "")


def _say_carried(
    path: str,
    lines: Iterable[carried.Carried],
    given: set[carried.Carried],
    claims: Mapping[BlockName, Sequence[CellBlock]],
    result: Result,
) -> None:
    """Notice what became of carried figures that a file of this run gives too."""
    for line in lines:
        which = f"{path}, {line.column} {line.text}".rstrip(", ")
        if line in given:
            result.notices.append(f"{which}: carried figures gave way to a file")
        rivals = (sources for sources in claims.values() if any(_is_line(block, line) for block in sources))
        files = {block.source.file for sources in rivals for block in sources if not _is_line(block, line)}
        for file in sorted(files):
            result.notices.append(f"{which}: carried figures are newer than {file} and stay")


def _is_line(block: CellBlock, line: carried.Carried) -> bool:
    return block.source.reader == CARRIED and block.source.sha256 == line.sha256


def _cell_blocks(source: Source, part: Part) -> Iterable[tuple[BlockName, CellBlock]]:
    numbers = [number for number, _ in part.rows.values()]
    first, last = str(min(numbers) + 1), str(max(numbers) + 1)
    for place, (column, letter) in enumerate(part.columns.items()):
        values = {key: texts[place] for key, (_, texts) in part.rows.items()}
        where = (part.sheet, part.code_kind, part.code_column, letter, first, last)
        yield (part.seed, part.block, column), CellBlock(source, values, where)


@dataclass
class Rivalry:
    """What became of files of this run that others have the same cell blocks as.

    Attributes:
        used: Checksums of the files of this run.
        reasons: Why files are taken in place of held ones of the same edition, by their checksum.
        superseded: File that lost and file that won, with how many cell blocks.
        the_same: Files whose figures another file of the same edition has, by checksum, and that file.
    """

    used: set[str]
    reasons: Mapping[str, str] = field(default_factory=dict)
    superseded: Counter[tuple[str, str]] = field(default_factory=Counter)
    the_same: dict[str, tuple[str, str]] = field(default_factory=dict)

    def chosen(self, rivals: Sequence[CellBlock]) -> tuple[list[CellBlock], CellBlock]:
        """Older cell blocks and the newest; of the same edition the one that is held already."""
        ordered = sorted(rivals, key=lambda rival: rival.source.edition)
        latest = [rival for rival in ordered if rival.source.edition == ordered[-1].source.edition]
        held = [rival for rival in latest if rival.source.sha256 not in self.used]
        read = [rival for rival in latest if rival.source.sha256 in self.used]
        newest = (held or read)[-1]
        if held and read and self.takes(newest, read[-1]):
            newest = read[-1]
        return [rival for rival in ordered if rival is not newest], newest

    def takes(self, held: CellBlock, newest: CellBlock) -> bool:
        """Whether a file's figures are taken in place of others that are held of the same edition."""
        return newest.source.sha256 in self.reasons and _printed(held) != _printed(newest)

    def lost(self, old: Source, newest: Source) -> None:
        """Take note of a cell block that gave way."""
        if old.sha256 not in self.used:
            return
        if old.edition == newest.edition:
            self.the_same[old.sha256] = (old.file, newest.file)
        else:
            editions = f"{newest.file} ('{newest.edition}' after '{old.edition}')"
            self.superseded[old.file, editions] += 1

    def notices(self) -> list[str]:
        """What is said of these files."""
        lost = [
            f"{old}: {count} columns of periods give way to those of {new}"
            for (old, new), count in sorted(self.superseded.items())
        ]
        return lost + [f"{old}: the same figures as {new}" for old, new in sorted(self.the_same.values())]


def _newest(
    name: BlockName,
    rivals: list[CellBlock],
    revisions: set[tuple[str, ...]],
    result: Result,
    rivalry: Rivalry,
) -> CellBlock:
    """The cell block of the newest edition; figures of older ones that differ become revisions.

    Raises:
        SeedError: Two different files have the same edition and not the same figures.
    """
    older, newest = rivalry.chosen(rivals)
    for old in older:
        differing = {
            key: value
            for key, value in old.values.items()
            if key in newest.values and newest.values[key] != value
        }
        rivalry.lost(old.source, newest.source)
        is_same = old.source.edition == newest.source.edition
        if is_same and _printed(old) != _printed(newest) and not rivalry.takes(old, newest):
            raise seeds.SeedError(
                f"{old.source.file} and {newest.source.file}: found different figures of {name[0]}, "
                f"{' '.join(name[1])} {name[2]}, in the same edition ('{newest.source.edition}'), expected "
                "a later day of revision in one of them, or why which new one is right (TAKE and FILE)."
            )
        for key, value in differing.items():
            revisions.add(
                (
                    name[0],
                    BETWEEN.join(key),
                    name[2],
                    value,
                    old.source.sha256,
                    newest.values[key],
                    newest.source.sha256,
                    rivalry.reasons.get(newest.source.sha256, ""),
                )
            )
        gone = len(old.values.keys() - newest.values.keys())
        if gone:
            result.notices.append(
                f"{name[0]}, {' '.join(name[1])} {name[2]}: {gone} rows of {old.source.file} are not in the "
                f"newer {newest.source.file} and were dropped"
            )
    return newest


def _printed(block: CellBlock) -> dict[Key, str]:
    """Figures without blanks: no row and a row without a figure say the same."""
    return {key: value for key, value in block.values.items() if value}


def _rows_of(of: seeds.Layout, blocks: dict[BlockName, CellBlock]) -> list[list[str]]:
    rows: dict[Key, dict[str, str]] = defaultdict(dict)
    for (_, _, column), cell_block in blocks.items():
        for key, value in cell_block.values.items():
            rows[key][column] = value
    return [
        [key[of.key.index(column)] if column in of.key else values.get(column, "") for column in of.columns]
        for key, values in rows.items()
    ]


def _count(
    of: seeds.Layout, blocks: dict[BlockName, CellBlock], rows: Sequence[Sequence[str]], result: Result
) -> None:
    carried = {key for block in blocks.values() if block.source.reader == CARRIED for key in block.values}
    publication = next(
        (block.source.publication_id for block in blocks.values() if block.source.reader != CARRIED), ""
    )
    result.rows_carried[of.path] += len(carried)
    result.rows_written[publication] += len(rows) - len(carried)


def changes(
    of: seeds.Layout, present: Mapping[Key, Mapping[str, str]], rows: Sequence[Sequence[str]]
) -> list[Change]:
    """Every figure in which rows differ from a present seed, by key and column."""
    new = {
        tuple(row[column] for column in of.key): row
        for row in (dict(zip(of.columns, texts, strict=True)) for texts in rows)
    }
    found = []
    for key in sorted(present.keys() | new.keys()):
        before, after = present.get(key), new.get(key)
        for column in of.values:
            old = before.get(column) if before else None
            now = after[column] if after else None
            if old != now:
                found.append(Change(of.path, key, column, old, now))
    return found
