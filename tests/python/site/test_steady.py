"""Nothing jumps while a page is read: what comes late has its room from the start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_browser import PAGES
from visits import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow("layout shift of every kind of page, wide and on a phone")

WIDE: dict[str, Any] = {"viewport": {"width": 1200, "height": 900}}
#: What a browser calls good (Core Web Vitals); the sum of shifts is the strictest reading of it.
LARGEST_SHIFT = 0.1
WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) { window.shifted += entry.value; }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_jumps(browser: Browser, small_site: Path, screen: dict[str, Any]) -> None:
    """From the first picture until a moment after everything is there, little moves on any kind of page."""
    context = browser.new_context(**screen)
    context.add_init_script(WATCH)
    shifted = {}
    for name, path in PAGES.items():
        page = context.new_page()
        page.goto(f"{small_site.as_uri()}/{path}")
        page.wait_for_timeout(700)
        shifted[name] = round(page.evaluate("window.shifted"), 3)
        page.close()
    context.close()
    assert {name: value for name, value in shifted.items() if value > LARGEST_SHIFT} == {}


def test_a_jump_is_seen(browser: Browser, small_site: Path) -> None:
    """What comes in above the text without room for it is counted."""
    context = browser.new_context(**WIDE)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{small_site.as_uri()}/about.html")
    page.wait_for_timeout(300)
    page.evaluate("""() => {
        const late = document.createElement("h1");
        late.textContent = Array(400).fill("late").join(" ");
        document.querySelector("main").prepend(late);
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifted") > LARGEST_SHIFT
    context.close()
