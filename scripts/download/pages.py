"""Find the addresses of files on a stable page: publishers give each release's file a new address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from scripts.download.client import Client
from scripts.download.errors import RefusedError
from scripts.download.register import Download

LARGEST_PAGE = 5_000_000


@dataclass(frozen=True)
class Found:
    """An address, and what the patterns' named groups caught on the way to it."""

    url: str
    groups: dict[str, str]


class Links(HTMLParser):
    """Collects a page's links as address and text."""

    def __init__(self, page: str) -> None:
        """Read links as seen from the address of their page."""
        super().__init__()
        self.page = page
        self.links: list[tuple[str, str]] = []
        self.address: str | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link."""
        if tag == "a" and (address := dict(attrs).get("href")):
            self.address, self.words = urljoin(self.page, address).partition("#")[0], []

    def handle_data(self, data: str) -> None:
        """Take the text within a link."""
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        if tag == "a" and self.address:
            self.links.append((self.address, " ".join("".join(self.words).split())))
            self.address = None


def matches(html: str, page: str, pattern: str) -> list[Found]:
    """Links whose text, followed by a space and the address, holds the pattern; each address once."""
    reader = Links(page)
    reader.feed(html)
    found: dict[str, Found] = {}
    for address, text in reader.links:
        match = re.search(pattern, f"{text} {address}")
        if match and urlsplit(address).scheme in ("http", "https"):
            groups = {name: value for name, value in match.groupdict().items() if value}
            found.setdefault(address, Found(address, groups))
    return list(found.values())


def newest(found: Iterable[Found]) -> list[Found]:
    """Those with the greatest edition; all, where the pattern catches none."""
    found = list(found)
    last = max((each.groups.get("edition", "") for each in found), default="")
    return [each for each in found if each.groups.get("edition", "") == last]


def found_on(client: Client, download: Download, page: str, pattern: str) -> list[Found]:
    """What a pattern finds on a page: at least one link, and no more than the row takes."""
    html, answered = client.text(page, download.allowed_hosts, "text/html", LARGEST_PAGE)
    found = matches(html, answered, pattern)
    if not found:
        raise RefusedError(f"{answered}: no link matches {pattern!r}, expected at least one.")
    return newest(found) if download.take == "newest" else found


def addresses(client: Client, download: Download) -> list[Found]:
    """Addresses of a row's files: on its page, or on the pages which that page leads to."""
    pages = [Found(download.page_url, {})]
    if download.page_pattern:
        pages = found_on(client, download, download.page_url, download.page_pattern)
    files = [
        Found(file.url, page.groups | file.groups)
        for page in pages
        for file in found_on(client, download, page.url, download.link_pattern)
    ]
    if download.take == "one" and len(files) > 1:
        listed = ", ".join(file.url for file in files)
        raise RefusedError(f"{download.page_url}: {len(files)} links match ({listed}), expected one.")
    return files
