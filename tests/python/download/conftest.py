"""A server, a clock that does not wait, and runs into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from scripts.download.client import Client, Clock
from scripts.download.register import Download
from scripts.download.run import Result, Run

from .site import XLSX, Site, running


@dataclass
class Waits:
    """A clock on which sleeping takes no time, and all the sleeps."""

    time: float = 0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Move the hands."""
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server on the loopback, reached without a proxy."""
    monkeypatch.setenv("NO_PROXY", "*")
    with running() as site:
        yield site


@pytest.fixture
def waits() -> Waits:
    """The clock of the client."""
    return Waits()


@pytest.fixture
def client(waits: Waits) -> Client:
    """A client that may ask without encryption, as the test's server has no certificate."""
    return Client(Clock(lambda: waits.time, waits.sleep), schemes=("http",), timeout=(5, 0.2))


@pytest.fixture
def row(site: Site) -> Callable[..., Download]:
    """Make a row of the register: a workbook at a fixed address, unless told otherwise."""
    usual = Download(
        download_id="budget",
        publication_id="mhclg_revenue_budget",
        kind="file",
        page_url="",
        page_pattern="",
        link_pattern="",
        take="one",
        url=f"{site.url}/budget.xlsx",
        file_name="budget.xlsx",
        expected_content_type=XLSX,
        minimum_bytes=1_000,
        maximum_bytes=1_000_000,
        allowed_hosts=frozenset({site.host}),
        checksum_policy="recorded",
        sha256="",
        status="automatic",
        note="",
    )
    return lambda **changes: replace(usual, **changes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go."""
    return tmp_path / "publications"


@pytest.fixture
def fetch(client: Client, folder: Path) -> Callable[..., list[Result]]:
    """Run rows into the folder, on a given day."""

    def fetch(*rows: Download, today: str = "2026-11-01") -> list[Result]:
        run = Run(client, folder, today=lambda: date.fromisoformat(today))
        return [result for results in run.rows(rows) for result in results]

    return fetch
