"""``downloads.csv`` in the target folder: where each file came from, when, and its checksum."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

MANIFEST = "downloads.csv"


@dataclass(frozen=True)
class Entry:
    """One file of the folder; docs/download.md describes the columns."""

    file: str
    download_id: str
    publication_id: str
    url_asked: str
    url_answered: str
    sha256: str
    bytes: str
    content_type: str
    etag: str
    last_modified: str
    retrieved_on: str
    supersedes: str


def sha256(path: Path) -> str:
    """A file's checksum."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


class Manifest:
    """The entries of a folder by file name."""

    def __init__(self, folder: Path) -> None:
        """Read what earlier runs wrote."""
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        if (folder / MANIFEST).exists():
            with (folder / MANIFEST).open(encoding="utf-8", newline="") as source:
                self.entries = {row["file"]: Entry(**row) for row in csv.DictReader(source)}

    def current(self, name: str) -> Entry | None:
        """The newest edition of a name that is still in the folder as it was recorded."""
        after = {each.supersedes: each for each in self.entries.values() if each.supersedes}
        found = None
        while name:
            entry, path = self.entries.get(name), self.folder / name
            if entry and path.exists() and sha256(path) == entry.sha256:
                found = entry
            name = after[name].file if name in after else ""
        return found

    def add(self, entry: Entry) -> None:
        """Record a file, and save: an interrupted run keeps what it has fetched."""
        self.entries[entry.file] = entry
        unfinished = self.folder / f"{MANIFEST}.part"
        with unfinished.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, [field.name for field in fields(Entry)], lineterminator="\n")
            writer.writeheader()
            writer.writerows(asdict(self.entries[name]) for name in sorted(self.entries))
        unfinished.replace(self.folder / MANIFEST)
