"""The register of downloads: what is fetched, from where, within which bounds."""

from __future__ import annotations

import csv
import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.download.errors import RefusedError

WORDS = {
    "kind": {"file", "page", "api"},
    "take": {"one", "newest", "each"},
    "checksum_policy": {"pinned", "recorded", "none"},
    "status": {"automatic", "on_request", "by_hand", "elsewhere"},
}
FETCHED = {"automatic", "on_request"}


@dataclass(frozen=True)
class Download:
    """One row of the register; the seed's YAML describes the columns."""

    download_id: str
    publication_id: str
    kind: str
    page_url: str
    page_pattern: str
    link_pattern: str
    take: str
    url: str
    file_name: str
    expected_content_type: str
    minimum_bytes: int
    maximum_bytes: int
    allowed_hosts: frozenset[str]
    checksum_policy: str
    sha256: str
    status: str
    note: str

    @property
    def is_fetched(self) -> bool:
        """Whether this step can fetch it at all."""
        return self.status in FETCHED


def fault(row: dict[str, str]) -> str:
    """What is wrong with a row, in words; empty if nothing is."""
    for column, words in WORDS.items():
        if row[column] not in words:
            return f"{column} is {row[column]!r}, expected one of {', '.join(sorted(words))}"
    if row["checksum_policy"] == "pinned" and not re.fullmatch("[0-9a-f]{64}", row["sha256"]):
        return (
            f"sha256 is {row['sha256']!r}, expected 64 hexadecimal digits because checksum_policy is pinned"
        )
    if row["checksum_policy"] == "none" and not row["note"]:
        return "note is empty, expected the reason because checksum_policy is none"
    if row["status"] not in FETCHED:
        return "" if row["note"] else f"note is empty, expected the reason because status is {row['status']}"
    needed = {
        "file": ["url"],
        "page": ["page_url", "link_pattern"],
        "api": ["page_url", "link_pattern", "url"],
    }
    for column in [
        *needed[row["kind"]],
        "file_name",
        "expected_content_type",
        "minimum_bytes",
        "maximum_bytes",
    ]:
        if not row[column]:
            return f"{column} is empty, expected a text because kind is {row['kind']}"
    for column in ("minimum_bytes", "maximum_bytes"):
        if not row[column].isdecimal():
            return f"{column} is {row[column]!r}, expected a whole number"
    groups: set[str] = {"release"} if row["kind"] == "api" else set()
    for column in ("page_pattern", "link_pattern"):
        try:
            groups |= set(re.compile(row[column]).groupindex)
        except re.error as error:
            return f"{column} is {row[column]!r}, expected a regular expression ({error})"
    unknown = {field for _, field, _, _ in string.Formatter().parse(row["file_name"]) if field} - groups
    if unknown:
        return f"file_name names {', '.join(sorted(unknown))}, expected only groups of the row's patterns"
    if row["take"] == "each" and not groups:
        return "the patterns have no named group, expected one to name each file by because take is each"
    return ""


def read_register(path: Path) -> list[Download]:
    """Rows of the register, each checked."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    downloads = []
    for row in rows:
        if found := fault(row):
            raise RefusedError(f"{path.name}, {row['download_id']}: {found}.")
        sizes = {column: int(row[column] or 0) for column in ("minimum_bytes", "maximum_bytes")}
        hosts = frozenset(row["allowed_hosts"].split())
        fields = {name: row[name] for name in Download.__dataclass_fields__}
        downloads.append(Download(**(fields | sizes | {"allowed_hosts": hosts})))
    return downloads


def selected(downloads: Iterable[Download], publications: Iterable[str]) -> list[Download]:
    """Rows of the named publications or downloads; without names all but those fetched on request only."""
    downloads, names = list(downloads), set(publications)
    known = {name for row in downloads for name in (row.publication_id, row.download_id)}
    if names - known:
        listed = ", ".join(sorted({row.publication_id for row in downloads}))
        raise RefusedError(
            f"{', '.join(sorted(names - known))}: no such publication in the register, "
            f"expected one of {listed}."
        )
    if not names:
        return [row for row in downloads if row.status != "on_request"]
    return [row for row in downloads if {row.publication_id, row.download_id} & names]
