"""One ingest: recognise files, read them, merge what they give with the present seeds, write the seeds."""

from __future__ import annotations

import csv
import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from scripts.ingest import by_hand, carried, registers, seeds
from scripts.ingest import readers as known_readers
from scripts.ingest.blocks import Result, Source, Taken
from scripts.ingest.contract import Log
from scripts.ingest.days import after_today, today
from scripts.ingest.held import Held, check_held
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
        for path in _below(folder)
        if path.is_file()
        and not path.name.endswith(UNFINISHED)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, those behind links to folders too, each folder once."""
    seen = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        yield from (Path(parent) / file for file in files)


def manifest(folder: Path) -> dict[str, str]:
    """Date of retrieval by checksum, from every list of files that has a column ``retrieved_on``.

    Raises:
        seeds.SeedError: A list is not text in UTF-8, or has a date that is none or after today.
    """
    found = {}
    for path in (path for name in MANIFESTS for path in files_in(folder) if path.name == name):
        try:
            rows = registers.read_csv(path)
        except UnicodeDecodeError as error:
            byte = f"byte {error.object[error.start]:#x} at {error.start}"
            raise seeds.SeedError(f"{path}: {byte} is not UTF-8; save the list as UTF-8.") from error
        except csv.Error as error:
            raise seeds.SeedError(f"{path}: no list of files can be read ({error}).") from error
        for number, row in enumerate(rows, start=2):
            if row.get("sha256") and row.get("retrieved_on"):
                found[row["sha256"]] = _day(row["retrieved_on"][:10], f"{path}, row {number}")
    return found


def _day(text: str, place: str) -> str:
    """A day up to today; raises ``SeedError`` with the place where it is none."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise seeds.SeedError(f"{place}: '{text}' is no day of retrieval, as 2025-03-31.") from None
    if text > today():
        raise seeds.SeedError(f"{place}: the day of retrieval {text} is after today.")
    return text


def ingest(
    folder: Path,
    seeds_folder: Path,
    publications: Iterable[str] = (),
    dry_run: bool = False,
    tick: Callable[[str, int, int], None] = lambda file, done, total: None,
    readers: Sequence[Reader] = known_readers.READERS,
    not_used: Sequence[NotUsed] = known_readers.NOT_USED,
    reason: str = "",
    taken_files: Sequence[str] = (),
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
        reason: Why some files are right where they contradict what the seeds hold: they are taken with it.
        taken_files: Those files, by name or by path below the folder; any other is checked as always.

    Raises:
        seeds.SeedError: What was read does not fit a seed; the seeds are as before.
    """
    with seeds.only_writer(seeds_folder) as staging:
        carried.check(seeds_folder)
        by_hand.check(seeds_folder, whole=False)
        result = Result()
        chosen = set(publications)
        known = registers.load(seeds_folder)
        before = Present(seeds_folder)
        held = Held(before)
        retrieved = manifest(folder) | before.retrieved
        paths = files_in(folder)
        if not paths:
            raise seeds.SeedError(f"{folder}: no file below it; a folder of published files was looked for.")
        reasons = _reasons(folder, paths, reason, taken_files)
        found: list[tuple[Source, Reader, Reading]] = []
        seen: dict[str, str] = {}
        by_checksum: dict[str, str] = {}
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
                    same = (f"the same file as {seen[book.sha256]}",)
                    result.files.append(
                        Taken(name, "not used", reader.name, reader.publication_id, log, same)
                    )
                    continue
                seen[book.sha256] = name
                log.notices.update(book.notices)
                reading = reader.read(book, known, log)
                if late := after_today(reading.edition):
                    raise IngestError(name, f"the day of publication {late}", f"a day up to {today()}")
                if not log.errors:
                    of_held = check_held(name, reading, {seed.path: seed for seed in reader.seeds}, held)
                    if path in reasons:
                        log.notices.update(f"taken although {error} ({reasons[path]})" for error in of_held)
                    else:
                        log.errors += of_held
            except IngestError as error:
                log.errors.append(error)
            if reader is None or log.errors:
                # With publications chosen, a file that belongs to none of them is nobody's business.
                outcome = "passed over" if chosen and reader is None else "refused"
                why = tuple(str(error) for error in log.errors)
                named = (reader.name, reader.publication_id) if reader else ("", "")
                result.files.append(Taken(name, outcome, *named, log, why))
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
            if path in reasons:
                by_checksum[book.sha256] = reasons[path]
        tick("", len(paths), len(paths))
        texts = merged(found, before, result, by_checksum)
        broken = any(taken.reader for taken in result.refused)
        if not dry_run and not broken:
            result.written = seeds.write(seeds_folder, staging, texts)
        return result


def _reasons(folder: Path, paths: Sequence[Path], reason: str, taken_files: Sequence[str]) -> dict[Path, str]:
    """The reason by the file that it is of.

    Raises:
        seeds.SeedError: A reason names no file, or one that is not there.
    """
    if bool(reason) != bool(taken_files):
        raise seeds.SeedError("A reason is of files: say both, why (TAKE) and which (FILE).")
    found: dict[Path, str] = {}
    for file in taken_files:
        of_file = [path for path in paths if file in (path.name, path.relative_to(folder).as_posix())]
        if not of_file:
            raise seeds.SeedError(f"{folder}: no file {file} below it, which the reason is of.")
        found |= dict.fromkeys(of_file, reason)
    return found


def _is_manifest(book: Book) -> bool:
    return book.kind == "csv" and set(book.sheets[0].row(0)) >= MANIFEST_COLUMNS


def _modified_on(path: Path) -> str:
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).date().isoformat()
