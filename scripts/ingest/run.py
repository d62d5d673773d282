"""One ingest: recognise files, read them, let newer editions supersede older ones, write the seeds.

Figures are held by *cell block*: one value column of a seed in one block (period, item), which comes from one
file. The newest edition that has a cell block gives all of it, so a council that a revision prints under
another code does not stand twice. Cell blocks of the present seeds that no file of this run has are kept.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.ingest import carried, registers, seeds
from scripts.ingest import readers as known_readers
from scripts.ingest.contract import Log, Part, Reading
from scripts.ingest.readers.base import NotUsed, Reader, Seed
from scripts.ingest.workbook import Book, IngestError, open_book

FILES, BLOCKS, REVISIONS = "provenance/ingested_files", "provenance/ingested_blocks", "provenance/revisions"
MANIFEST_COLUMNS = {"file", "sha256"}
#: What lists the files of a folder: a person's list and that of the download step.
MANIFESTS = ("MANIFEST.csv", "downloads.csv")
#: What a download that broke off has left.
UNFINISHED = (".part", ".part.json")
CARRIED = "carried"
BETWEEN = " | "

Key = tuple[str, ...]
BlockName = tuple[str, Key, str]  # seed, block, value column


@dataclass(frozen=True)
class Source:
    """A file that gave figures, or the present seed itself where no ingested file gave them (``carried``)."""

    publication_id: str
    edition: str
    period: str
    file: str
    size: int
    sha256: str
    retrieved_on: str
    reader: str
    version: str

    @property
    def row(self) -> list[str]:
        """Its row of the seed of ingested files."""
        head = [self.publication_id, self.edition, self.period, self.file, str(self.size)]
        return [*head, self.sha256, self.retrieved_on, self.reader, self.version]


Place = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class CellBlock:
    """Figures of one value column in one block, by key, and where they stand."""

    source: Source
    values: dict[Key, str]
    place: Place  # sheet, code kind, code column, value column, first, last row


@dataclass(frozen=True)
class Taken:
    """What became of one file: read by a reader, known and not used, refused or passed over."""

    file: str
    outcome: str
    reader: str = ""
    publication_id: str = ""
    log: Log = field(default_factory=Log)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A figure that this run changes in a present seed; ``old`` or ``new`` is None where the row is."""

    seed: str
    key: Key
    column: str
    old: str | None
    new: str | None


@dataclass
class Result:
    """What a run did.

    Attributes:
        files: Every file looked at.
        rows_written: Rows by publication.
        rows_carried: Rows kept from the present seeds, by seed.
        changes: Figures that differ from the present seeds.
        written: Seeds that changed.
        notices: About the run as a whole.
    """

    files: list[Taken] = field(default_factory=list)
    rows_written: Counter[str] = field(default_factory=Counter)
    rows_carried: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[Taken]:
        """Files that were refused."""
        return [taken for taken in self.files if taken.outcome == "refused"]


def files_in(folder: Path) -> list[Path]:
    """Files of a folder and its folders, in a stable order, hidden ones and unfinished downloads left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.endswith(UNFINISHED)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def manifest(folder: Path) -> dict[str, str]:
    """Date of retrieval by checksum, from every list of files that has a column ``retrieved_on``."""
    return {
        row["sha256"]: row["retrieved_on"][:10]
        for name in MANIFESTS
        for path in sorted(folder.rglob(name))
        for row in registers.read_csv(path)
        if row.get("sha256") and row.get("retrieved_on")
    }


def ingest(
    folder: Path,
    seeds_folder: Path,
    publications: Iterable[str] = (),
    dry_run: bool = False,
    tick: Callable[[str, int, int], None] = lambda file, done, total: None,
    readers: Sequence[Reader] = known_readers.READERS,
    not_used: Sequence[NotUsed] = known_readers.NOT_USED,
) -> Result:
    """Read a folder of publications into the seeds.

    A file that a reader claims and cannot read in full keeps the run from writing anything; a file that no
    reader claims is refused by itself.

    Args:
        folder: Published files, in any order and under any name.
        seeds_folder: The folder of seeds.
        publications: Ids to run; all by default.
        dry_run: Do everything but the writing.
        tick: Told the name of each file, how many are done and how many there are.
        readers: Those to choose from.
        not_used: Kinds of file that are known and feed no seed.

    Raises:
        seeds.SeedError: What was read does not fit a seed; the seeds are as before.
    """
    with seeds.only_writer(seeds_folder) as staging:
        carried.check(seeds_folder)
        result = Result()
        chosen = set(publications)
        known = registers.load(seeds_folder)
        before = _Present(seeds_folder)
        retrieved = manifest(folder) | before.retrieved
        paths = files_in(folder)
        found: list[tuple[Source, Reader, Reading]] = []
        seen: dict[str, str] = {}
        for done, path in enumerate(paths):
            name = path.relative_to(folder).as_posix()
            tick(name, done, len(paths))
            log = Log()
            reader: Reader | None = None
            try:
                book = open_book(path, name)
                if _is_manifest(book):
                    result.files.append(Taken(name, "not used", reasons=("the manifest of the folder",)))
                    continue
                claimed = known_readers.recognised(book, tuple(readers), tuple(not_used))
                if isinstance(claimed, NotUsed):
                    result.files.append(Taken(name, "not used", claimed.name, reasons=(claimed.reason,)))
                    continue
                reader = claimed
                if chosen and reader.publication_id not in chosen:
                    result.files.append(Taken(name, "passed over", reader.name, reader.publication_id))
                    continue
                if book.sha256 in seen:
                    reason = f"the same file as {seen[book.sha256]}"
                    result.files.append(
                        Taken(name, "not used", reader.name, reader.publication_id, log, (reason,))
                    )
                    continue
                seen[book.sha256] = name
                log.notices.update(book.notices)
                reading = reader.read(book, known, log)
            except IngestError as error:
                log.errors.append(error)
            if reader is None or log.errors:
                # With publications chosen, a file that belongs to none of them is nobody's business.
                outcome = "passed over" if chosen and reader is None else "refused"
                reasons = tuple(str(error) for error in log.errors)
                named = (reader.name, reader.publication_id) if reader else ("", "")
                result.files.append(Taken(name, outcome, *named, log, reasons))
                continue
            result.files.append(Taken(name, "read", reader.name, reader.publication_id, log))
            date = retrieved.get(book.sha256) or _modified_on(path)
            source = Source(
                reader.publication_id,
                reading.edition,
                reading.period,
                path.name,
                book.size,
                book.sha256,
                date,
                reader.name,
                reader.version,
            )
            found.append((source, reader, reading))
        tick("", len(paths), len(paths))
        texts = _merged(found, before, result)
        broken = any(taken.reader for taken in result.refused)
        if not dry_run and not broken:
            result.written = seeds.write(seeds_folder, staging, texts)
        return result


def _is_manifest(book: Book) -> bool:
    return book.kind == "csv" and set(book.sheets[0].row(0)) >= MANIFEST_COLUMNS


def _modified_on(path: Path) -> str:
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()


class _Present:
    """The seeds as they stand before the run, with what provenance says of them."""

    def __init__(self, folder: Path) -> None:
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
        self.revisions = {tuple(row.values()) for row in seeds.read(folder, REVISIONS)}

    def rows(self, of: seeds.Layout) -> dict[Key, dict[str, str]]:
        """Rows of a seed by key."""
        rows = seeds.read(self.folder, of.path)
        return {tuple(row[column] for column in of.key): row for row in rows}

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
                blocks[of.path, block, column] = CellBlock(source, values, place)
        return blocks


#: Stands for the source of carried figures until their checksum is known.
NO_FILE = Source("", "", "", "", 0, "", "", CARRIED, "")


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


def _with_carried_source(of: seeds.Layout, blocks: dict[BlockName, CellBlock]) -> dict[BlockName, CellBlock]:
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


def _merged(
    found: Sequence[tuple[Source, Reader, Reading]], before: _Present, result: Result
) -> dict[str, str]:
    """Texts of every seed that the files read feed, and of the seeds of provenance."""
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
    kept = carried.register(before.folder)
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
            blocks[name] = _newest(name, rivals, revisions, result)
        blocks = _with_carried_source(of, blocks)
        rows = _rows_of(of, blocks)
        texts[path] = seeds.text_of(of.columns, rows)
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
                ]
            )
        _count(of, blocks, rows, result)
        result.changes += changes(of, before.rows(of), rows)
    needed = {row[3] for row in block_rows}
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
    }
    for path, listed in provenance.items():
        texts[path] = seeds.text_of(seeds.layout(before.folder, path).columns, listed)
    return texts


def _source_of(line: carried.Carried, before: _Present) -> Source:
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


def _newest(
    name: BlockName, rivals: list[CellBlock], revisions: set[tuple[str, ...]], result: Result
) -> CellBlock:
    """The cell block of the newest edition; figures of older ones that differ become revisions.

    Raises:
        SeedError: Two different files have the same edition and not the same figures.
    """
    *older, newest = sorted(rivals, key=lambda rival: rival.source.edition)
    for old in older:
        differing = {
            key: value
            for key, value in old.values.items()
            if key in newest.values and newest.values[key] != value
        }
        if old.source.edition == newest.source.edition and (
            differing or old.values.keys() != newest.values.keys()
        ):
            raise seeds.SeedError(
                f"{old.source.file} and {newest.source.file}: found different figures of {name[0]}, "
                f"{' '.join(name[1])} {name[2]}, in the same edition ('{newest.source.edition}'), expected "
                "a later day of revision in one of them."
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
                )
            )
        gone = len(old.values.keys() - newest.values.keys())
        if gone:
            result.notices.append(
                f"{name[0]}, {' '.join(name[1])} {name[2]}: {gone} rows of {old.source.file} are not in the "
                f"newer {newest.source.file} and were dropped"
            )
    return newest


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
            old = before[column] if before else None
            now = after[column] if after else None
            if old != now:
                found.append(Change(of.path, key, column, old, now))
    return found
