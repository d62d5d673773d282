"""One ingest: recognise files, read them, merge what they give with the present seeds, write the seeds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from scripts.ingest import carried, registers, seeds
from scripts.ingest import readers as known_readers
from scripts.ingest.blocks import Result, Source, Taken
from scripts.ingest.contract import Log
from scripts.ingest.merge import merged
from scripts.ingest.parts import Reading
from scripts.ingest.present import Present
from scripts.ingest.readers.base import NotUsed, Reader
from scripts.ingest.workbook import Book, IngestError, open_book

MANIFEST_COLUMNS = {"file", "sha256"}
#: What lists the files of a folder: a person's list and that of the download step.
MANIFESTS = ("MANIFEST.csv", "downloads.csv")
#: What a download that broke off has left.
UNFINISHED = (".part", ".part.json")


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
        before = Present(seeds_folder)
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
        texts = merged(found, before, result)
        broken = any(taken.reader for taken in result.refused)
        if not dry_run and not broken:
            result.written = seeds.write(seeds_folder, staging, texts)
        return result


def _is_manifest(book: Book) -> bool:
    return book.kind == "csv" and set(book.sheets[0].row(0)) >= MANIFEST_COLUMNS


def _modified_on(path: Path) -> str:
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()
