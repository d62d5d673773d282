"""What a screen reader hears of a chart: Chromium's accessibility tree, not the page's source."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from visits import Visit

from scripts.site.told import cloud, course, place_in_range, with_figures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NUMBER = re.compile(r"[+\u2212]?\d+(?:,\d{3})*(?:\.\d+)?")
READ = {
    "a council": ("councils/dorset.html", 30),
    "a lens": ("lenses/older-people.html", 2),
    "a measure": ("measures/older-feel-safe-65-plus.html", 3),
}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 3.0, 2.0], "Median from 1.00 in a to 2.00 in c, highest 3.00 in b"),
        ([1.0, -3.0, 2.0], "Median from 1.00 in a to 2.00 in c, lowest \u22123.00 in b"),
        ([1.0, 1.5, 2.0], "Median from 1.00 in a to 2.00 in c"),
        ([None, 1234.5, None], "Median 1,234 in b"),
        ([None, 12.0, 12.0], "Median from 12.0 in b to 12.0 in c"),
        ([None, None, None], "Median: no value"),
    ],
)
def test_a_line_is_told_by_its_ends(values: list[float | None], said: str) -> None:
    """Where it begins and ends, what is higher or lower in between, gaps left out."""
    assert course("Median", "abc", values) == said


def test_ranks_are_told_with_their_ranges() -> None:
    """No rank without its range, a reason where there is none; dots by how far they reach."""
    assert (
        place_in_range(("Kent", 3, 1, 9, 150, "1st to 9th of 150")) == "Kent: 3rd, likely 1st to 9th of 150"
    )
    assert place_in_range(("Kent", 3, None, None, 150, "depends")) == "Kent: 3rd, depends"
    assert place_in_range(("Kent", None, None, None, 150, "not ranked")) == "Kent: not ranked"
    assert cloud([(0.5, 20.0), (2.25, 80.5)]) == (
        "2 councils, outcome scores from 20.0 to 80.5, spend from 0.50 to 2.25 times England's"
    )
    assert with_figures("A dot each.", ["from 1 to 2", "", "3"]) == "A dot each. From 1 to 2; 3."
    assert with_figures("A dot each.", [cloud([])]) == "A dot each."


def heard(page: Page) -> list[tuple[str, str]]:
    """Name and description of every chart, as the accessibility tree has them."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]

    def said(node: dict[str, Any], what: str) -> str:
        return str(node.get(what, {}).get("value", ""))

    kinds = ("image", "img", "group")
    pictures = [node for node in nodes if not node["ignored"] and said(node, "role") in kinds]
    # Groups of controls have no description.
    return [
        (said(node, "name"), said(node, "description"))
        for node in pictures
        if said(node, "role") != "group" or said(node, "description")
    ]


@pytest.mark.slow("what a screen reader hears of the charts of a council, a lens and a measure")
@pytest.mark.parametrize(("path", "charts"), READ.values(), ids=list(READ))
def test_a_chart_is_heard_with_its_figures(
    browser: Browser, small_site: Path, path: str, charts: int
) -> None:
    """Each has a short name and says figures: not only that there is one, and none that the page lacks."""
    page = Visit(browser.new_context(), small_site, path).page
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    shown = page.locator("main svg[role]")
    told = heard(page)
    assert len(told) == shown.count() >= charts
    titles = shown.evaluate_all("pictures => pictures.map(one => one.querySelector('title').textContent)")
    assert [name for name, _ in told] == titles
    there = set(NUMBER.findall(page.locator("main").inner_text()))
    for name, description in told:
        figures = NUMBER.findall(description)
        assert len(figures) > 1, f"{name}: {description}"
        # What is heard is what is read in the tables; that of the months is on a page of its own.
        if not name.startswith("Delayed beds a day"):
            assert not [figure for figure in figures if figure not in there], f"{name}: {description}"
        # The name is not said again.
        assert not description.startswith(name)
    page.context.close()
