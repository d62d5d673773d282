"""What stops a run from outside: a full disk, a folder that cannot be written, another program, a signal."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = "The disk is full: free some space and run again."
READ_ONLY = "{where} is on a disk that is mounted read-only: have it made writable and run again."
NOT_ALLOWED = "You have no permission to read or write {where}: have it given to you and run again."
IN_USE = "{where} is open for writing in another program: close it there and run again."

# The system's own words: dbt and DuckDB hand on nothing else.
WORDS = {
    "No space left on device": FULL,
    "Disk quota exceeded": FULL,
    "Read-only file system": READ_ONLY,
    "Permission denied": NOT_ALLOWED,
    "Could not set lock on file": IN_USE,
}
NAMED = re.compile(r"""(?:file|directory) "([^"]+)"|: '([^']+)'""")
PROBE_BYTES = 1 << 20


class InUseError(Exception):
    """Another program has a database open for writing."""

    def __init__(self, database: Path) -> None:
        """Name the database."""
        super().__init__(IN_USE.format(where=database))


def reason(error: object, folder: Path | None = None) -> str:
    """What stopped a run and what to do, in a sentence; empty where the fault is not one from outside.

    With a ``folder``, an error in reading or writing of which DuckDB does not say why is tried out there: on
    a full disk it finds its own new file too short.
    """
    told = str(error)
    for words, sentence in WORDS.items():
        if words in told:
            named = NAMED.search(told)
            return sentence.format(where=(named[1] or named[2]) if named else "The folder")
    return FULL if folder and "IO Error" in told and is_full(folder) else ""


def is_full(folder: Path) -> bool:
    """Whether there is no room left in a folder, quotas included."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(PROBE_BYTES))
            probe.flush()
    except OSError as error:
        return reason(error) == FULL
    return False


@contextmanager
def no_writer(database: Path) -> Iterator[None]:
    """Keep every other program from opening a database for writing; those that read it go on.

    What a writer has not yet put into the file stands in a log beside it, which DuckDB would take for
    changes to whatever database has the name then. The lock is the one that DuckDB itself takes.

    Raises:
        InUseError: A program has it open for writing now.
    """
    if not database.exists():
        yield
        return
    with database.open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            raise InUseError(database) from error
        yield


def log_of(database: Path) -> Path:
    """DuckDB's log of what is not yet in the file."""
    return database.with_name(f"{database.name}.wal")


def sync(path: Path) -> None:
    """Have a file or folder written to the disk itself: it outlives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stop_when_terminated() -> None:
    """Take the signal by which systems end a process for Ctrl-C, so that the run can clear up and say so."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def too_late_to_stop() -> Iterator[None]:
    """Let nothing but a kill come between the steps of publishing: they take a moment."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
