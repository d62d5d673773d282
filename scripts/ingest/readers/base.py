"""What every reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scripts.ingest.contract import Log, Reading
from scripts.ingest.registers import Registers
from scripts.ingest.workbook import Book, Sheet, normal


@dataclass(frozen=True)
class Seed:
    """A seed that a reader fills, and which of its key columns make a block (see ``contract.Part``).

    A newer edition supersedes an older one block by block, so a block is what an edition prints as a whole:
    usually a period, or an item in a period.
    """

    path: str
    block: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """A publication's reader.

    Attributes:
        publication_id: Its row in the register of publications; several readers may share one.
        name: Its own name, in provenance.
        version: Raised when what it writes changes.
        seeds: The seeds it fills.
        claims: Whether a file is its own, by sheet names and header cells. Claim a file that has drifted too,
            so that ``read`` can say what is wrong with it.
        read: Takes the figures of a file; errors go to the log or are raised as ``IngestError``.
    """

    publication_id: str
    name: str
    version: str
    seeds: tuple[Seed, ...]
    claims: Callable[[Book], bool]
    read: Callable[[Book, Registers, Log], Reading]


@dataclass(frozen=True)
class NotUsed:
    """Files that are known and feed no seed, and why."""

    name: str
    reason: str
    claims: Callable[[Book], bool]


def has_headers(sheet: Sheet, headers: Iterable[str], at_least: int, rows: int = 40) -> bool:
    """Whether a row near the top holds at least so many of these headers."""
    wanted = {normal(header) for header in headers}
    return any(
        len(wanted & {normal(text) for text in sheet.row(row)}) >= at_least
        for row in range(min(rows, sheet.height))
    )
