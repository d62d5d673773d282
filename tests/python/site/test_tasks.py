"""Seven things that people come for, done on a phone: how many taps and how many screens each takes.

The table of docs/site.md holds what each took; ``SITE_TASKS=write`` writes it anew. A path that takes more
taps than the table says, or more screens, fails.
"""

from __future__ import annotations

import csv
import math
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from visits import PHONE, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.slow("seven tasks of a person on a phone, their taps and screens counted")
DOCS = ROOT / "docs" / "site.md"
ROW = re.compile(r"^\| (?P<task>[A-Z][^|]*\?|Download [^|]*) \| (?P<taps>\d+) \| (?P<screens>\d+) \|$", re.M)
# How much of something long has to be in view to be read.
READ = 200


class Person:
    """Somebody with a phone, from the front page on: taps, and the screens gone through on each page."""

    def __init__(self, context: BrowserContext, site: Path) -> None:
        """Open the front page."""
        self.visit = Visit(context, site, "index.html")
        self.page: Page = self.visit.page
        self.height = PHONE["viewport"]["height"]
        self.taps = 0
        self.passed = 0
        self.begun = {self.at: 0}
        self.reached = {self.at: 1}

    @property
    def at(self) -> str:
        """The page, whatever place of it the address names."""
        return self.page.url.partition("#")[0]

    @property
    def screens(self) -> int:
        """Screens gone through on all pages."""
        return self.passed + sum(self.reached.values())

    def sees(self, part: Locator) -> Locator:
        """Go down to something: the screens from where the page, or a tap, led to have been gone through."""
        begun = self.begun.setdefault(self.at, self.page.evaluate("window.scrollY"))
        part.scroll_into_view_if_needed()
        box = part.bounding_box()
        assert box, part
        down = box["y"] + self.page.evaluate("window.scrollY") + min(box["height"], READ)
        self.reached[self.at] = max(self.reached.get(self.at, 1), math.ceil((down - begun) / self.height))
        return part

    def tap(self, part: Locator) -> None:
        """Tap something that is in view."""
        self.sees(part).tap()
        self.taps += 1

    def follows(self, part: Locator, to: str) -> None:
        """Tap what leads to another page."""
        self.tap(part)
        self.page.wait_for_url(to)

    def chooses(self, council: str, label: str) -> None:
        """Look for a council by the first letters of its name."""
        self.tap(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(council[:4])
        self.tap(self.page.get_by_role("option", name=council, exact=True))

    def comes_to_dorset(self) -> None:
        """From the front page to the report of a council that is ranked overall."""
        self.chooses("Dorset", "Name of the council")
        self.page.wait_for_url("**/councils/dorset.html")

    def asks(self, question: str) -> None:
        """Tap a question of a report, which leads down to its answer."""
        self.tap(self.page.get_by_role("link", name=question, exact=True))
        # The page goes down by itself: on from there.
        self.page.wait_for_function("window.scrollY > 1000")
        self.passed += self.reached.pop(self.at)
        self.begun[self.at] = self.page.evaluate("window.scrollY")


def stands(person: Person, _: Path) -> None:
    """The first sentence of the report: a rank and where it likely lies."""
    person.comes_to_dorset()
    answer = person.sees(person.page.locator(".answer")).inner_text()
    assert re.search(r"ranks \d+\w\w, likely \d+\w\w to \d+\w\w of \d+ in ", answer)


def why(person: Person, _: Path) -> None:
    """The difference from England taken apart, unfolded."""
    person.comes_to_dorset()
    person.asks("Why?")
    said = person.sees(person.page.locator("#explanation figcaption").first).inner_text()
    assert said == "Overall, against England"


def changed(person: Person, _: Path) -> None:
    """What went up or down since the edition before, of which steps, unfolded."""
    person.comes_to_dorset()
    person.asks("What changed, and why?")
    said = person.sees(person.page.locator("#change figcaption").first).inner_text()
    assert re.search(r"from \d{4}-\d\d to \d{4}-\d\d", said)


def better(person: Person, _: Path) -> None:
    """The peers with a better outcome for less spend, and one of them side by side."""
    person.comes_to_dorset()
    person.asks("Who does better for less among councils like it?")
    link = person.page.locator("#q-less a[href*='better-for-less-']").first
    person.follows(link, "**/better-for-less-*.html#E06000059")
    own = person.page.locator("tbody#E06000059")
    assert "side by side" in person.sees(own.locator("tr").nth(1)).inner_text()


def rose(person: Person, _: Path) -> None:
    """Three lists of a ranking: rose, fell, cannot be told from noise."""
    link = person.page.locator("#movers a[href^='movers/older-people']").first
    person.follows(link, "**/movers/older-people*.html")
    for name in ("Rose: ", "Fell: "):
        assert person.page.locator(".movers h2", has_text=name).count() == 1
    person.sees(person.page.locator(".movers h2").first)


def downloads(person: Person, kept: Path) -> None:
    """A chart of a lens, and its data: every number with code, unit and source."""
    person.follows(person.page.get_by_role("link", name="Lenses", exact=True), "**/lenses/index.html")
    link = person.page.locator("main a[href^='older-people.html'], main a[href*='/older-people.html']").first
    person.follows(link, "**/lenses/older-people.html")
    with person.page.expect_download() as found:
        person.tap(person.page.locator("figure button.csv").first)
    found.value.save_as(kept)
    with kept.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    assert {"gss_code", "edition", "value", "unit", "source", "licence"} <= rows[0].keys()


def twice(person: Person, _: Path) -> None:
    """The sentence of What if for the council, with children's social care counted twice."""
    person.comes_to_dorset()
    link = person.page.locator("main a[href*='what-if.html#council=']").first
    person.follows(link, "**/what-if.html#council=E06000059")
    weight = person.page.get_by_label("Children's social care", exact=True)
    person.tap(weight)
    weight.fill("2")
    said = person.sees(person.page.locator("#wi-said")).inner_text()
    assert re.search(r"^Dorset is \d+\w\w of \d+ with your choice, .* published", said)


Task = Callable[[Person, Path], None]
TASKS: dict[str, Task] = {
    "Where does my council stand, and how sure is that?": stands,
    "Why does it stand there?": why,
    "What changed, and why?": changed,
    "Who does better for less among councils like mine?": better,
    "Who rose and who fell in England?": rose,
    "Download the data behind one chart": downloads,
    "What if children's social care counted twice?": twice,
}


@pytest.fixture
def person(browser: Browser, small_site: Path) -> Iterator[Person]:
    """Somebody with a phone on the front page."""
    context = browser.new_context(**PHONE)
    yield Person(context, small_site)
    context.close()


def told() -> dict[str, tuple[int, int]]:
    """Taps and screens of each task as the table has them."""
    found = ROW.finditer(DOCS.read_text(encoding="utf-8"))
    return {row["task"]: (int(row["taps"]), int(row["screens"])) for row in found}


@pytest.mark.parametrize("task", TASKS)
def test_a_person_gets_there(person: Person, tmp_path: Path, task: str) -> None:
    """From the front page, by what is in view; nothing on the way fails; no longer than the table says."""
    TASKS[task](person, tmp_path / "downloaded.csv")
    assert not person.visit.problems
    if os.environ.get("SITE_TASKS") == "write":
        row = f"| {task} | {person.taps} | {person.screens} |"
        text = DOCS.read_text(encoding="utf-8")
        DOCS.write_text(re.sub(rf"^\| {re.escape(task)} \|.*$", row, text, flags=re.M), encoding="utf-8")
    taps, screens = told()[task]
    assert person.taps == taps
    assert person.screens <= screens


def test_the_table_has_every_task() -> None:
    """Each once, in the order in which people ask."""
    assert list(told()) == list(TASKS)
