"""Every kind of page in the reader's dark mode, and in the colours that a system forces on pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_browser import PAGES
from visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.nightly("every kind of page keeps its contrast in dark and in forced colours")
# A row with the classes of one before it has its colours, too: axe need not look at it again.
ALIKE = """
document.querySelectorAll('tbody').forEach(body => {
    const seen = new Set();
    for (const row of [...body.rows]) {
        const parts = [row, ...row.querySelectorAll('*')];
        const classes = parts.map(part => part.tagName + part.getAttribute('class')).join();
        if (seen.has(classes)) row.remove();
        seen.add(classes);
    }
})
"""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(
    "colours", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"]
)
def test_axe_finds_no_violation_in_other_colours(
    browser: Browser, small_site: Path, path: str, colours: dict[str, Any]
) -> None:
    """Text keeps its contrast, and links in a text are told from it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(viewport={"width": 1200, "height": 900}, **colours)
    visit = Visit(context, small_site, path)
    visit.page.evaluate(ALIKE)
    only = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    violations = axe.Axe().run(visit.page, options=only).response["violations"]
    assert not [(found["id"], found["nodes"][0]["html"][:200]) for found in violations]
    context.close()
