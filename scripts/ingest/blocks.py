"""What an ingest handles: sources, cell blocks of figures, what became of files and figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scripts.ingest.contract import Log

FILES, BLOCKS, REVISIONS = "provenance/ingested_files", "provenance/ingested_blocks", "provenance/revisions"
CARRIED = "carried"
BETWEEN = " | "
Key = tuple[str, ...]
BlockName = tuple[str, Key, str]  # seed, block, value column
Place = tuple[str, str, str, str, str, str]


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
