"""Bring one file over: resumed where it broke off, held to its bounds, checked before it counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests

from scripts.download import content
from scripts.download.client import BROKEN, CHUNK, Client
from scripts.download.errors import PassingError, RefusedError
from scripts.download.register import Download

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Validators:
    """What tells whether a server still holds the same content."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, response: requests.Response) -> Validators:
        """Those of an answer."""
        return cls(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))

    def if_changed(self) -> dict[str, str]:
        """Headers that ask for the content only if it is another."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: text for name, text in headers.items() if text}

    def if_same(self) -> str:
        """The header ``If-Range``: a weak ETag does not promise the same bytes."""
        return self.last_modified if not self.etag or self.etag.startswith("W/") else self.etag


@dataclass(frozen=True)
class Arrived:
    """A file that came over, still under its unfinished name; ``part`` is empty if nothing is new."""

    part: Path | None
    url: str
    content_type: str
    validators: Validators


class Part:
    """The unfinished file of a name, with a note of what it is part of."""

    def __init__(self, target: Path) -> None:
        """Name the unfinished file and its note after the finished one."""
        self.path = target.with_name(f"{target.name}.part")
        self.note = target.with_name(f"{target.name}.part.json")

    def resumable(self, url: str) -> tuple[int, Validators]:
        """Bytes held of this address and their validators; none if another content could not be told."""
        if not self.path.exists() or not self.note.exists():
            return 0, Validators()
        note = json.loads(self.note.read_text(encoding="utf-8"))
        held = Validators(note["etag"], note["last_modified"])
        return (
            (self.path.stat().st_size, held) if note["url"] == url and held.if_same() else (0, Validators())
        )

    def begin(self, url: str, validators: Validators) -> None:
        """Start anew."""
        self.path.write_bytes(b"")
        note = {"url": url, "etag": validators.etag, "last_modified": validators.last_modified}
        self.note.write_text(json.dumps(note), encoding="utf-8")

    def remove(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def continues(response: requests.Response, held: int, validators: Validators) -> bool:
    """Whether the answer is the rest of what is held and not of something else."""
    match = re.fullmatch(r"bytes (\d+)-\d+/(?:\d+|\*)", response.headers.get("Content-Range", ""))
    same = Validators.of(response).etag in ("", validators.etag)
    return response.status_code == 206 and match is not None and int(match[1]) == held and same


def checked_header(response: requests.Response, download: Download, held: int) -> int | None:
    """The whole file's length if the server says it; refuses a wrong type and a length beyond the bounds."""
    found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if found not in download.expected_content_type.split():
        raise RefusedError(
            f"{response.url}: the content type is {found or 'missing'}, expected "
            f"{' or '.join(download.expected_content_type.split())}."
        )
    length = response.headers.get("Content-Length", "")
    if not length.isdecimal() or response.headers.get("Content-Encoding"):
        return None
    refuse_if_too_long(response.url, held + int(length), download)
    return held + int(length)


def refuse_if_too_long(url: str, size: int, download: Download) -> None:
    """Refuse more bytes than the register allows."""
    if size > download.maximum_bytes:
        raise RefusedError(
            f"{url}: {size:,} bytes or more, expected at most {download.maximum_bytes:,} (maximum_bytes of "
            f"{download.download_id})."
        )


def received(
    client: Client, download: Download, url: str, part: Part, known: Validators, say: Progress
) -> Arrived:
    """One try: ask for the rest or the whole, and write what comes."""
    held, validators = part.resumable(url)
    rest = {"Range": f"bytes={held}-", "If-Range": validators.if_same()}
    with client.get(url, download.allowed_hosts, rest if held else known.if_changed()) as response:
        if response.status_code == 304:
            return Arrived(None, response.url, "", known)
        if response.status_code != 200 and not continues(response, held, validators):
            part.remove()
            raise PassingError(
                f"{response.url}: the rest that was asked for is not there, expected it or the whole."
            )
        if response.status_code == 200:
            held, validators = 0, Validators.of(response)
        total = checked_header(response, download, held)
        if not held:
            part.begin(url, validators)
        with part.path.open("ab") as target:
            try:
                for chunk in response.iter_content(CHUNK):
                    held += len(chunk)
                    refuse_if_too_long(response.url, held, download)
                    target.write(chunk)
                    say(held, total)
            except BROKEN as error:
                raise PassingError(
                    f"{response.url}: broken off after {held:,} bytes, expected more."
                ) from error
        found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Arrived(part.path, response.url, found, validators)


def transfer(
    client: Client, download: Download, url: str, target: Path, known: Validators, say: Progress
) -> Arrived:
    """Bring a file over in as many tries as the client has patience for, and check it."""
    part = Part(target)
    try:
        arrived = client.patiently(lambda: received(client, download, url, part, known, say))
        if arrived.part:
            size = arrived.part.stat().st_size
            if size < download.minimum_bytes:
                # An error page is often short: say so first, because it says more than the size.
                if size:
                    content.check(arrived.part, arrived.url)
                raise RefusedError(
                    f"{arrived.url}: {size:,} bytes, expected at least {download.minimum_bytes:,} "
                    f"(minimum_bytes of {download.download_id})."
                )
            content.check(arrived.part, arrived.url)
    except RefusedError as error:
        # What broke off is kept for the next run; what is wrong is not.
        if not isinstance(error.__cause__, PassingError):
            part.remove()
        raise
    return arrived
