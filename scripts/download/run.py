"""Go through the register's rows, fetch what is new, and say what happened to each file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scripts.download import pages, statistics_api
from scripts.download.client import Client
from scripts.download.errors import RefusedError
from scripts.download.manifest import Entry, Manifest, sha256
from scripts.download.pages import Found
from scripts.download.register import Download
from scripts.download.transfer import Arrived, Part, Validators, transfer

# What can happen to a file; the last ends the run with exit status 1.
NEW, UNCHANGED, REVISED, REPLACED = "new", "unchanged", "revised", "replaced"
BY_HAND, ELSEWHERE, REFUSED = "by hand", "elsewhere", "refused"


@dataclass(frozen=True)
class Result:
    """What happened to one file, or to a row of which no file was found."""

    publication_id: str
    file: str
    what: str
    size: int | None = None
    said: str = ""


def found_files(client: Client, download: Download) -> list[Found]:
    """Addresses of a row's files."""
    if download.kind == "page":
        return pages.addresses(client, download)
    if download.kind == "api":
        return statistics_api.addresses(client, download)
    return [Found(download.url, {})]


def name_of(download: Download, found: Found) -> str:
    """The name a file is saved under: the register's, with what the patterns caught made plain."""
    plain = {name: re.sub("[^0-9a-z-]+", "_", text.lower()).strip("_") for name, text in found.groups.items()}
    try:
        return download.file_name.format(**plain)
    except KeyError as error:
        raise RefusedError(
            f"{found.url}: the patterns of {download.download_id} caught no {error}, "
            "expected it for file_name."
        ) from error


@dataclass
class Run:
    """One run into a folder."""

    client: Client
    folder: Path
    today: Callable[[], date] = date.today
    say: Callable[[str, int, int | None], None] = lambda name, done, total: None
    manifest: Manifest = field(init=False)

    def __post_init__(self) -> None:
        """Make the folder and read its manifest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manifest = Manifest(self.folder)

    def rows(self, downloads: Iterable[Download]) -> Iterator[list[Result]]:
        """Results row by row; a row that fails does not keep the others from being fetched."""
        for download in downloads:
            yield list(self.row(download))

    def row(self, download: Download) -> Iterator[Result]:
        """Results of one row."""
        if not download.is_fetched:
            what = BY_HAND if download.status == "by_hand" else ELSEWHERE
            yield Result(download.publication_id, download.download_id, what, said=download.note)
            return
        try:
            named = self.named(download)
        except RefusedError as error:
            yield Result(download.publication_id, download.download_id, REFUSED, said=str(error))
            return
        for name, found in named.items():
            try:
                yield self.file(download, name, found.url)
            except RefusedError as error:
                yield Result(download.publication_id, name, REFUSED, said=str(error))

    def named(self, download: Download) -> dict[str, Found]:
        """A row's files by the name they are saved under."""
        named: dict[str, Found] = {}
        for found in found_files(self.client, download):
            name = name_of(download, found)
            if name in named:
                raise RefusedError(
                    f"{found.url}: would be saved as {name}, as would {named[name].url}, "
                    "expected a name each."
                )
            named[name] = found
        return named

    def file(self, download: Download, name: str, url: str) -> Result:
        """Fetch one file, unless the folder holds it already."""
        held = self.manifest.current(name)
        pinned = download.checksum_policy == "pinned"
        if held and pinned and held.sha256 == download.sha256:
            return Result(download.publication_id, held.file, UNCHANGED, int(held.bytes))
        known = Validators(held.etag, held.last_modified) if held and held.url_asked == url else Validators()
        target = self.folder / name
        arrived = transfer(
            self.client, download, url, target, known, lambda done, total: self.say(name, done, total)
        )
        if not arrived.part:
            assert held, "only a held file is asked for by its validators"
            return Result(download.publication_id, held.file, UNCHANGED, int(held.bytes))
        return self.taken(download, target, url, arrived, arrived.part, held)

    def taken(
        self, download: Download, target: Path, url: str, arrived: Arrived, part: Path, held: Entry | None
    ) -> Result:
        """Give what arrived its place by the row's checksum policy."""
        found, size = sha256(part), part.stat().st_size
        if download.checksum_policy == "pinned" and found != download.sha256:
            Part(target).remove()
            raise RefusedError(
                f"{arrived.url}: sha256 {found}, expected {download.sha256}, "
                f"pinned by {download.download_id}."
            )
        what, supersedes = NEW, ""
        if held and held.sha256 == found:
            what, supersedes, target_now = UNCHANGED, held.supersedes, self.folder / held.file
        elif held and download.checksum_policy == "none":
            what, supersedes, target_now = REPLACED, held.supersedes, self.folder / held.file
        elif held or (target.exists() and sha256(target) != found):
            # A file that is there is never written over, be it ours, changed since or put there by hand.
            what, supersedes = REVISED, held.file if held else target.name
            target_now = target.with_name(f"{target.stem}.{self.today()}.{found[:8]}{target.suffix}")
        else:
            target_now = target
        part.replace(target_now)
        Part(target).remove()
        self.manifest.add(
            Entry(
                file=target_now.name,
                download_id=download.download_id,
                publication_id=download.publication_id,
                url_asked=url,
                url_answered=arrived.url,
                sha256=found,
                bytes=str(size),
                content_type=arrived.content_type,
                etag=arrived.validators.etag,
                last_modified=arrived.validators.last_modified,
                retrieved_on=held.retrieved_on if held and what == UNCHANGED else str(self.today()),
                supersedes=supersedes,
            )
        )
        said = f"{target_now.name}: differs from {supersedes}." if what == REVISED else ""
        return Result(download.publication_id, target_now.name, what, size, said)
