"""The site in a browser: opened from its folder, with and without JavaScript, wide, narrow and printed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAGES = {
    "home": "index.html",
    "council": "councils/leicestershire.html",
    "council of another edition": "councils/wigan-2023-24.html",
    "council never ranked": "councils/city-of-london.html",
    "council that ended": "councils/dorset-to-2019.html",
    "lenses": "lenses/index.html",
    "lens": "lenses/waste-recycling.html",
    "overall": "lenses/overall.html",
    "measures": "measures/index.html",
    "measure": "measures/older-feel-safe-65-plus.html",
    "modules": "modules/index.html",
    "adult social care": "modules/adult-social-care.html",
    "children's services": "modules/childrens-services.html",
    "Valuing Care": "modules/valuing-care.html",
    "delayed transfers": "delayed-transfers/index.html",
    "delayed transfers of a council": "delayed-transfers/leicestershire.html",
    "delayed discharges": "delayed-discharges/index.html",
    "delayed discharges of a council": "delayed-discharges/leicestershire.html",
    "compare": "compare.html#councils=leicestershire,wigan&edition=2018-19",
    "method": "method.html",
    "data quality": "quality.html",
    "downloads": "downloads.html",
}
in_browser = pytest.mark.slow("every kind of page in Chromium: axe, phone, print, without JavaScript")
# What every run opens in a browser, where there is one.
QUICK = ("home", "council")
every_page = pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=name, marks=() if name in QUICK else in_browser) for name, path in PAGES.items()],
)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, the system's or Playwright's own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with playwright.sync_playwright() as driver:
        try:
            found = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except playwright.Error:
            pytest.skip("no Chromium can be started: install Debian's package chromium")
        yield found
        found.close()


class Visit:
    """A page opened in a browser, with what it said on the console and what it asked for."""

    def __init__(self, context: BrowserContext, site: Path, path: str) -> None:
        """Open the page and listen."""
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page: Page = context.new_page()
        self.page.on(
            "console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text)
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("requestfailed", lambda request: self.problems.append(request.url))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(f"{site.as_uri()}/{path}")


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    """A window as wide as a desk's."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context
    context.close()


@every_page
def test_a_page_opens_quietly(wide: BrowserContext, small_site: Path, path: str) -> None:
    """No error on the console, and no request that leaves the folder."""
    visit = Visit(wide, small_site, path)
    assert visit.page.locator("h1").count() == 1
    assert not visit.problems
    assert visit.requests
    outside = [url for url in visit.requests if not url.startswith((small_site.as_uri(), "data:"))]
    assert not outside
    visit.page.close()


@every_page
def test_axe_finds_no_violation(wide: BrowserContext, small_site: Path, path: str) -> None:
    """Contrast, names, landmarks, tables and all else that axe checks, at WCAG 2.2 AA and best practice."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    visit = Visit(wide, small_site, path)
    violations = axe.Axe().run(visit.page).response["violations"]
    assert not [(found["id"], found["nodes"][0]["html"][:200]) for found in violations]
    visit.page.close()


@every_page
def test_a_phone_needs_no_sideways_scroll(browser: Browser, small_site: Path, path: str) -> None:
    """At the width of a small phone the page is no wider than the window, opened details too."""
    context = browser.new_context(viewport={"width": 360, "height": 700}, is_mobile=True, has_touch=True)
    visit = Visit(context, small_site, path)
    visit.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    wide, window = visit.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window <= 360
    context.close()


@every_page
def test_without_javascript_the_content_stands(browser: Browser, small_site: Path, path: str) -> None:
    """Tables and charts are there; nothing offers what does not work."""
    with_it = browser.new_context()
    without = browser.new_context(java_script_enabled=False)
    path = path.partition("#")[0]
    scripted, plain = Visit(with_it, small_site, path).page, Visit(without, small_site, path).page
    # Without JavaScript a locator still counts what is drawn.
    for part in ("main table", "main svg", "main section"):
        built = scripted.locator(f"{part}:not(#tool):not(#tool *)").count()
        assert plain.locator(f"{part}:not(#tool):not(#tool *)").count() == built
    assert plain.locator("main h2").count() > 0
    for control in ("button", "form.search input", "#tool"):
        assert not any(found.is_visible() for found in plain.locator(control).all())
    with_it.close()
    without.close()


def first_column(page: Page, part: str) -> list[str]:
    """The headings of a table's rows, in the order shown."""
    return page.locator(f"table[data-part='{part}'] tbody th").all_inner_texts()


@in_browser
def test_search_finds_a_council(wide: BrowserContext, small_site: Path) -> None:
    """From the front page and from below it, by part of a name, with the keyboard."""
    page = Visit(wide, small_site, "index.html").page
    page.get_by_label("Name of the council").fill("wig")
    assert page.locator(".hits a").all_inner_texts() == ["Wigan"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/wigan.html")
    page.get_by_label("Find a council").fill("cester")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/leicestershire.html")
    page.get_by_label("Find a council").fill("atlantis")
    assert page.locator(".hits").inner_text() == "No council of that name"
    page.close()


@in_browser
def test_a_table_sorts_both_ways(wide: BrowserContext, small_site: Path) -> None:
    """By number and by name; what has no number stays last."""
    page = Visit(wide, small_site, "lenses/overall.html").page
    ranked = first_column(page, "ranking")
    heading = page.locator("table[data-part='ranking'] thead th")
    heading.nth(0).get_by_role("button").click()
    assert first_column(page, "ranking") == sorted(ranked, key=str.casefold) != ranked
    heading.nth(3).get_by_role("button").click()
    assert heading.nth(3).get_attribute("aria-sort") == "ascending"
    cells = page.locator("table[data-part='ranking'] tbody td:nth-child(4)").all_inner_texts()
    values = [float(cell) for cell in cells if cell != "–"]
    assert values == sorted(values)
    assert cells[len(values) :] == ["–"] * (len(cells) - len(values))
    heading.nth(3).get_by_role("button").click()
    assert heading.nth(3).get_attribute("aria-sort") == "descending"
    assert first_column(page, "ranking")[0] == ranked[0]
    page.close()


@in_browser
def test_a_column_that_is_half_dashes_sorts_by_number(wide: BrowserContext, small_site: Path) -> None:
    """2, 9, 23, 100, then what has no number: the table is one of the page's own with other cells."""
    page = Visit(wide, small_site, "lenses/overall.html").page
    cells = page.locator("table[data-part='ranking'] tbody td:nth-child(4)")
    values = ["100", "9", "23", "2"]
    cells.evaluate_all(
        "(cells, values) => cells.forEach((cell, at) => { cell.textContent = values[at] || '\u2013'; })",
        values,
    )
    page.locator("table[data-part='ranking'] thead th").nth(3).get_by_role("button").click()
    assert cells.all_inner_texts()[:5] == ["2", "9", "23", "100", "\u2013"]
    page.close()


@in_browser
@pytest.mark.parametrize(
    "address", ["#councils=%E0%A4%A", "#councils=__proto__&edition=constructor", "#peers=%"]
)
def test_a_broken_address_stops_no_script(wide: BrowserContext, small_site: Path, address: str) -> None:
    """What cannot be read is left out; search and compare go on."""
    visit = Visit(wide, small_site, f"compare.html{address}")
    page = visit.page
    assert visit.problems == []
    assert page.locator("#compared").inner_text() == "Choose councils to put side by side."
    page.get_by_label("Find a council").fill("wig")
    assert page.locator(".hits a").all_inner_texts() == ["Wigan"]
    page.close()


@in_browser
def test_compare_keeps_its_choice_in_the_address(wide: BrowserContext, small_site: Path) -> None:
    """Councils and edition are read from the address, changed, and written back."""
    page = Visit(wide, small_site, "compare.html#councils=leicestershire,wigan&edition=2018-19").page
    head = "table[data-part='compared-0'] thead th"
    assert page.locator(head).all_inner_texts() == ["Lens", "Leicestershire", "Wigan"]
    report = Visit(wide, small_site, "councils/wigan-2018-19.html").page
    shown = page.locator("table[data-part='compared-0'] tbody tr").nth(0).locator("td").nth(1).inner_text()
    assert (
        shown == report.locator("table[data-part='standing'] tr[data-key='overall'] td").nth(0).inner_text()
    )
    page.get_by_label("Add a council").fill("Cumberland")
    page.get_by_role("button", name="Add").click()
    page.get_by_label("Edition").select_option("2023-24")
    assert page.url.endswith("#councils=leicestershire,wigan,cumberland&edition=2023-24")
    page.get_by_role("button", name="Remove Wigan").click()
    assert page.locator(head).all_inner_texts() == ["Lens", "Leicestershire", "Cumberland"]
    again = Visit(wide, small_site, page.url.rsplit("/", 1)[1]).page
    assert again.locator("#compared").inner_html() == page.locator("#compared").inner_html()
    for opened in (page, report, again):
        opened.close()


@in_browser
def test_an_address_with_the_edition_leads_on(
    browser: Browser, wide: BrowserContext, small_site: Path, headline: str
) -> None:
    """To the page of the edition shown first: with what stands after the address, and without JavaScript."""
    page = Visit(wide, small_site, f"councils/leicestershire-{headline}.html#peers=region").page
    page.wait_for_url("**/leicestershire.html#peers=region")
    assert page.locator("#peers-region").is_checked()
    page.close()
    without = browser.new_context(java_script_enabled=False)
    page = Visit(without, small_site, f"lenses/overall-{headline}.html").page
    page.wait_for_url("**/overall.html")
    without.close()


@in_browser
def test_another_edition_is_a_click_away(wide: BrowserContext, small_site: Path, headline: str) -> None:
    """The report and the lens of another edition, with the choice of peers taken along."""
    page = Visit(wide, small_site, "councils/leicestershire.html#peers=region").page
    assert page.locator(".editions [aria-current]").inner_text() == headline
    page.get_by_role("link", name="2017-18").click()
    page.wait_for_url("**/leicestershire-2017-18.html#peers=region")
    assert page.locator("h1").inner_text() == "Leicestershire, 2017-18"
    assert page.locator("#peers-region").is_checked()
    page.goto(f"{small_site.as_uri()}/lenses/waste-recycling.html")
    page.get_by_role("link", name="2019-20").click()
    assert page.locator("h1").inner_text() == "Waste and recycling, 2019-20"
    page.close()


@in_browser
def test_the_choice_of_peers_changes_charts_and_tables(wide: BrowserContext, small_site: Path) -> None:
    """Other peers are lit, other medians shown, other rows listed; the address keeps the choice."""
    page = Visit(wide, small_site, "councils/leicestershire.html").page

    def shown() -> tuple[list[str], list[str], int]:
        rows = [row for row in page.locator("table[data-part='peers'] tbody tr").all() if row.is_visible()]
        names = [row.locator("th").inner_text() for row in rows]
        medians = [
            span.inner_text()
            for span in page.locator("table[data-part='measures-childrens_social_care'] td span").all()
            if span.is_visible()
        ]
        lit = sum(
            dot.is_visible()
            for dot in page.locator("#spend-and-outcome figure").nth(0).locator("circle.peer").all()
        )
        return names, medians, lit

    neighbours = shown()
    page.get_by_label("Councils of the region").first.check()
    region = shown()
    page.get_by_label("Statistical neighbours (DfE, children)").first.check()
    children = shown()
    assert page.url.endswith("#peers=dfe")
    assert "Derby" in region[0]
    assert len({tuple(choice[0]) for choice in (neighbours, region, children)}) == 3
    assert len({tuple(choice[1]) for choice in (neighbours, region, children)}) == 3
    assert all(0 < choice[2] <= len(choice[0]) for choice in (neighbours, region, children))
    assert page.locator(".legend .key.peer").first.is_visible()
    page.close()


@in_browser
def test_a_link_is_copied(browser: Browser, small_site: Path) -> None:
    """The address with the choice goes to the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = Visit(context, small_site, "councils/leicestershire.html#peers=dfe").page
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("leicestershire.html#peers=dfe")
    context.close()


@in_browser
def test_a_report_prints(browser: Browser, small_site: Path, tmp_path: Path) -> None:
    """On paper: no controls, nothing wider than the sheet, charts and tables there, a PDF of some pages."""
    context = browser.new_context(viewport={"width": 690, "height": 1000})
    page = Visit(context, small_site, "councils/leicestershire.html").page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for control in ("header nav", ".search", ".tools", "fieldset.peers", ".editions"):
        assert not any(found.is_visible() for found in page.locator(control).all())
    assert page.locator("table[data-part='standing']").is_visible()
    assert page.locator("table[data-part='parts-older_people-england']").is_visible()
    too_wide: list[Any] = page.evaluate(
        "[...document.querySelectorAll('main table, main svg')].filter(part => part.checkVisibility() && "
        "part.getBoundingClientRect().right >"
        " document.documentElement.clientWidth + 1).map(part => part.dataset.part || "
        "part.querySelector('title').textContent)"
    )
    assert not too_wide
    pdf = page.pdf(path=str(tmp_path / "report.pdf"), prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 5 <= pdf.count(b"/Type /Page\n") <= 25
    context.close()
