"""What every reader is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scripts.ingest.contract import Log
from scripts.ingest.parts import Reading
from scripts.ingest.registers import Registers
from scripts.ingest.workbook import TOP_ROWS, Book, Sheet, normal


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


def has_headers(sheet: Sheet, headers: Iterable[str], at_least: int, rows: int = TOP_ROWS) -> bool:
    """Whether a row near the top holds at least so many of these headers."""
    wanted = {normal(header) for header in headers}
    return any(len(wanted & texts) >= at_least for texts in sheet.top[:rows])


def day_in(text: str) -> str:
    """Day or month that a text names, in ISO: ``2024-03-13``, ``2020-10``; empty if it names none."""
    if found := re.search(r"\d{4}-\d{2}-\d{2}", text):
        return found[0]
    for pattern, form, iso in (
        (r"(\d{1,2})(?:st|nd|rd|th)? (\w+) (\d{4})", "%d %B %Y", "%Y-%m-%d"),
        (r"(\w+) (\d{4})", "%B %Y", "%Y-%m"),
        (r"(\w{3}) (\d{4})", "%b %Y", "%Y-%m"),
    ):
        if found := re.search(pattern, text):
            try:
                return datetime.datetime.strptime(" ".join(found.groups()), form).strftime(iso)
            except ValueError:
                continue
    return ""


def days_beside(sheet: Sheet, label: str) -> list[str]:
    """Days (see ``day_in``) in the cells that begin with a label and to the right of them.

    Rows below a labelled one belong to it as long as the label's column is empty.
    """
    days = []
    for row in range(sheet.height):
        for place, text in enumerate(sheet.row(row)):
            if not normal(text).startswith(label):
                continue
            days.append(day_in(text))
            below = row
            while below == row or (below < sheet.height and not sheet.text(below, place)):
                days.append(day_in(sheet.text(below, place + 1)))
                below += 1
    return [day for day in days if day]
