"""A page opened in a browser, as a person would see it; the browser itself is a fixture of conftest.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page

# Measured as the tasks of the documentation are: a phone of today, upright.
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


class Visit:
    """A page opened in a browser, with what it said on the console and what it asked for."""

    def __init__(self, context: BrowserContext, site: Path, path: str) -> None:
        """Open the page and listen."""
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("requestfailed", lambda request: self.problems.append(request.url))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{site.as_uri()}/{path}")

    def heard(self, said: ConsoleMessage) -> None:
        """Keep what the console takes for a problem."""
        if said.type in ("error", "warning"):
            self.problems.append(said.text)
