"""One run at a time: locks that the system releases however the run that holds them ends.

The library is imported where a lock is taken: MetricFlow's environment, which takes none, imports
``scripts.build`` for its names and has no filelock.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold(path: Path, refusal: Exception) -> Iterator[None]:
    """Hold a lock file. It stays afterwards: were it deleted, two runs could hold a file of that name each.

    Where the disk knows no locks this fails, rather than fall back on a marker that a killed run would leave.

    Args:
        path: The lock file.
        refusal: What to raise where another run holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise refusal from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def hold_folder(folder: Path, refusal: Exception) -> Iterator[None]:
    """Hold a folder itself, where a lock file would lie among the files of the person whose folder it is.

    Args:
        folder: The folder, which has to be there.
        refusal: What to raise where another run holds it.
    """
    from filelock import lock_descriptor

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not lock_descriptor(descriptor, blocking=False):
            raise refusal
        yield
    finally:
        os.close(descriptor)
