"""The site in a browser: opened from its folder, with and without JavaScript, wide, narrow and printed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from visits import Visit

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
    "England": "england.html",
    "movers": "movers/index.html",
    "movers of a lens": "movers/older-people.html",
    "better for less": "better-for-less-older-people.html",
    "measures": "measures/index.html",
    "measure": "measures/older-feel-safe-65-plus.html",
    "measure of another edition": "measures/older-feel-safe-65-plus-2018-19.html#council=wigan",
    "modules": "modules/index.html",
    "adult social care": "modules/adult-social-care.html",
    "children's services": "modules/childrens-services.html",
    "Valuing Care": "modules/valuing-care.html",
    "delayed transfers": "delayed-transfers/index.html",
    "delayed transfers of a council": "delayed-transfers/leicestershire.html",
    "delayed discharges": "delayed-discharges/index.html",
    "delayed discharges of a council": "delayed-discharges/leicestershire.html",
    "compare": "compare.html#councils=leicestershire,wigan&edition=2018-19",
    "what if": "what-if.html#council=E06000041&among=region&weights=childrens_social_care:2",
    "method": "method.html",
    "data quality": "quality.html",
    "downloads": "downloads.html",
    "what is new": "news.html",
    "glossary": "glossary.html",
    "about": "about.html",
    "accessibility": "accessibility.html",
}
in_browser = pytest.mark.slow("every kind of page in Chromium: axe, phone, print, without JavaScript")
# What every run opens in a browser, where there is one.
QUICK = ("home", "council")
every_page = pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=name, marks=() if name in QUICK else in_browser) for name, path in PAGES.items()],
)


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


def test_the_policy_stops_what_is_written_in_a_page(wide: BrowserContext, small_site: Path) -> None:
    """A script or a style that somebody slips into a page is not run: the browser keeps the policy."""
    visit = Visit(wide, small_site, "index.html")
    visit.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.slipped = true";
        document.body.appendChild(script);
        document.querySelector("h1").setAttribute("style", "color: red");
    }""")
    assert visit.page.evaluate("window.slipped === undefined")
    assert visit.page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
    assert len([said for said in visit.problems if "Content Security Policy" in said]) == 2
    # What the site brings itself goes on: its style and its scripts.
    assert visit.page.evaluate("document.styleSheets.length") == 1
    assert visit.page.locator("form.search").first.is_visible()
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
def test_who_rose_and_fell_is_two_clicks_from_the_front_page(
    browser: Browser, small_site: Path, headline: str
) -> None:
    """On a phone: home, the ranking's row, the three lists, each under its own heading with its count."""
    context = browser.new_context(viewport={"width": 360, "height": 700}, is_mobile=True, has_touch=True)
    page = Visit(context, small_site, "index.html").page
    page.get_by_role("link", name=f"Older people, {headline}").click()
    page.wait_for_url("**/movers/older-people.html")
    headings = page.locator(".movers h2").all_inner_texts()
    assert [heading.partition(":")[0] for heading in headings] == [
        "Rose",
        "Fell",
        "Cannot be told from noise",
    ]
    for heading, rows in zip(headings, page.locator(".movers table").all(), strict=True):
        assert rows.locator("tbody tr").count() == int(heading.partition(": ")[2])
    context.close()


@in_browser
def test_the_three_lists_are_of_one_width(wide: BrowserContext, small_site: Path) -> None:
    """Decline is told as plainly as improvement: the columns stand side by side, none wider than another."""
    page = Visit(wide, small_site, "movers/older-people.html").page
    boxes = [section.bounding_box() for section in page.locator(".movers > section").all()]
    assert len({round(box["width"]) for box in boxes if box}) == 1
    assert len({round(box["y"]) for box in boxes if box}) == 1
    page.close()


@in_browser
@pytest.mark.parametrize("width", [700, 1000, 1140, 1600])
def test_the_spine_charts_have_room_for_their_words(browser: Browser, small_site: Path, width: int) -> None:
    """No heading is broken within a word, and a measure's name keeps the width of two words."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((small_site / "councils" / "leicestershire.html").as_uri())
    broken, narrowest = page.evaluate("""() => {
        const lines = (cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
        };
        const heads = [...document.querySelectorAll(".spines thead th:not(:has(.hide))")];
        const names = [...document.querySelectorAll(".spines tbody th")];
        return [
            heads.filter((cell) => lines(cell) > 1).map((cell) => cell.textContent),
            Math.min(...names.map((cell) => cell.clientWidth)),
        ];
    }""")
    context.close()
    assert not broken
    assert narrowest > 150, narrowest


def test_better_for_less_leads_to_both_side_by_side(wide: BrowserContext, small_site: Path) -> None:
    """A council's place on the page is in view; a pair leads to compare with that edition."""
    page = Visit(wide, small_site, "better-for-less-older-people.html#E08000010").page
    wigan = page.locator("tbody#E08000010")
    box = wigan.bounding_box()
    assert box and 0 <= box["y"] < 900
    wigan.get_by_role("link", name="side by side").first.click()
    page.wait_for_url("**/compare.html#councils=wigan,*")
    assert "Wigan" in page.locator("table[data-part='compared-0'] thead th").all_inner_texts()
    page.close()


@in_browser
def test_search_finds_a_council(wide: BrowserContext, small_site: Path) -> None:
    """From the front page and from below it, by part of a name, with the keyboard."""
    page = Visit(wide, small_site, "index.html").page
    page.get_by_label("Name of the council").fill("wig")
    assert page.get_by_role("option").all_inner_texts()[0] == "Wigan"
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/wigan.html")
    page.get_by_label("Find a council").fill("cester")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/leicestershire.html")
    page.get_by_label("Find a council").fill("atlantis")
    assert page.locator(".nothing").inner_text() == "No council of that name"
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
    assert page.get_by_role("option").all_inner_texts()[0] == "Wigan"
    page.close()


@in_browser
def test_compare_keeps_its_choice_in_the_address(wide: BrowserContext, small_site: Path) -> None:
    """Councils and edition are read from the address, changed, and written back."""
    page = Visit(wide, small_site, "compare.html#councils=leicestershire,wigan&edition=2018-19").page
    head = "table[data-part='compared-0'] thead th"
    assert page.locator(head).all_inner_texts() == ["Lens", "Leicestershire", "Wigan"]
    report = Visit(wide, small_site, "councils/wigan-2018-19.html#standing").page
    shown = page.locator("table[data-part='compared-0'] tbody tr").nth(0).locator("td").nth(1).inner_text()
    assert (
        shown == report.locator("table[data-part='standing'] tr[data-key='overall'] td").nth(0).inner_text()
    )
    page.get_by_label("Add a council").fill("Cumberland")
    page.get_by_role("button", name="Add", exact=True).click()
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
    page.evaluate("document.querySelectorAll('details.part').forEach(part => { part.open = true; })")

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
@pytest.mark.parametrize("path", ["leicestershire", "leicestershire-2019-20", "cumberland"])
def test_a_phone_s_first_screen_answers(browser: Browser, small_site: Path, path: str) -> None:
    """Where the council ranks, how sure that is, and one thing to ask, before anybody scrolls."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = Visit(context, small_site, f"councils/{path}.html").page
    for part in page.locator(".answer, #says .place-on-scale, .ask-first").all():
        box = part.bounding_box()
        assert box and box["y"] + box["height"] <= 740, part
    answer = page.locator(".answer").inner_text()
    assert "likely" in answer or "has no overall rank" in answer
    assert page.locator("#says .place-on-scale").count() == ("likely" in answer)
    context.close()


@in_browser
@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_unfolds_what_it_names(browser: Browser, small_site: Path, scripts: bool) -> None:
    """An anchor of before leads into a folded part, which opens; all else stays folded."""
    context = browser.new_context(java_script_enabled=scripts)
    page = Visit(context, small_site, "councils/leicestershire.html#explanation").page
    page.locator("#explanation h3").wait_for(state="visible")
    assert page.locator("#explanation h3").is_visible()
    assert not page.locator("#standing h3").is_visible()
    context.close()


@in_browser
@pytest.mark.parametrize(
    "path", ["leicestershire", "leicestershire-2019-20", "wigan", "city-of-london", "dorset-to-2019"]
)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_summary_prints_on_two_sheets(
    browser: Browser, small_site: Path, path: str, scripts: bool
) -> None:
    """By itself at its own address, with the rest after it at the page's; with or without JavaScript."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, java_script_enabled=scripts)
    page = Visit(context, small_site, f"councils/{path}.html#summary").page
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
    whole = Visit(context, small_site, f"councils/{path}.html").page
    assert whole.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") > 6
    context.close()


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


def shown_value(page: Page, code: str) -> str:
    """Name, value and grade of a council as the table of a measure's page has them."""
    cells = page.locator(f"table[data-part=values] tr[data-key={code}] > *").all_text_contents()
    return f"{cells[0].strip()}: value {cells[1].strip()}, grade {cells[2].strip()}"


@in_browser
def test_a_chart_says_whose_dot_it_is(wide: BrowserContext, small_site: Path) -> None:
    """By pointer and by arrow keys: the council of the dot, with what the table says of it."""
    page = Visit(wide, small_site, "measures/older-feel-safe-65-plus.html").page
    chart = page.locator("#spread svg").first
    path = chart.locator("path[data-codes]")
    codes = (path.get_attribute("data-codes") or "").split()
    places = (path.get_attribute("d") or "").split("M")[1:]
    assert len(codes) == len(places) > 100
    tip = page.locator("#spread .tip").first
    keys = page.locator("#spread button.walk").first
    keys.focus()
    keys.press("ArrowRight")
    by_place = [
        (float(place.split(" ")[0]), float(place.split(" ")[1].split("h")[0]), code)
        for place, code in zip(places, codes, strict=True)
    ]
    assert tip.text_content() == shown_value(page, min(by_place)[2])
    # A dot further to the right is a greater value: the codes are in the order of the dots.
    values = [
        float(page.locator(f"table[data-part=values] tr[data-key={code}] td").first.text_content() or "")
        for _, _, code in sorted(by_place)
    ]
    assert values == sorted(values)
    keys.press("ArrowRight")
    assert tip.text_content() == shown_value(page, sorted(by_place)[1][2])
    across, up, last = max(by_place)
    box = chart.bounding_box()
    view = (chart.get_attribute("viewBox") or "").split()
    assert box
    scale = box["width"] / float(view[2])
    page.mouse.move(box["x"] + across * scale, box["y"] + up * scale)
    assert tip.text_content() == shown_value(page, last)
    assert page.locator("#spread circle.ring").count() == 1
    page.close()


@in_browser
def test_a_council_is_lit_on_every_page(wide: BrowserContext, small_site: Path) -> None:
    """By its address, as a report links to it, and by the box; other editions keep it."""
    page = Visit(wide, small_site, "councils/leicestershire.html").page
    to_lens = page.locator("main a[href*='/lenses/older-people']").first
    assert (to_lens.get_attribute("href") or "").endswith("#council=leicestershire")
    page.goto(f"{small_site.as_uri()}/lenses/older-people.html#council=leicestershire")
    assert page.locator("tr.lit").get_attribute("data-key") == "E10000018"
    assert (page.locator("#map .tip").text_content() or "").startswith("Leicestershire: ")
    assert page.locator(".hex.lit").get_attribute("data-code") == "E10000018"
    page.locator("#lit").fill("wigan")
    page.locator("form.light button").click()
    assert page.locator("tr.lit").get_attribute("data-key") == "E08000010"
    assert page.url.endswith("#council=wigan")
    assert all(
        (link.get_attribute("href") or "").endswith("#council=wigan")
        for link in page.locator(".editions a").all()
    )
    for broken in ("%E0%A4%A", "__proto__", "nowhere", ""):
        page.goto("about:blank")
        page.goto(f"{small_site.as_uri()}/lenses/older-people.html#council={broken}")
        assert page.locator("#lit").is_visible()
        assert page.locator("tr.lit").count() == 0
    page.close()


@in_browser
def test_a_chart_is_saved_as_a_picture(wide: BrowserContext, small_site: Path, tmp_path: Path) -> None:
    """As SVG with its own styles, the legend and the source in words; as PNG at twice its size, not empty."""
    page = Visit(wide, small_site, "measures/older-feel-safe-65-plus.html").page
    assert page.locator("main figure").count() == page.locator("main figure .picture").count()
    saved = {}
    for kind in ("SVG", "PNG"):
        with page.expect_download() as found:
            page.locator("#map .picture button", has_text=kind).click()
        saved[kind] = tmp_path / found.value.suggested_filename
        found.value.save_as(saved[kind])
    picture = ElementTree.parse(saved["SVG"]).getroot()
    words = " ".join("".join(text.itertext()) for text in picture.iter() if text.tag.endswith("}text"))
    shown = page.locator("#map .legend li").all_text_contents()
    assert all(text.strip() in words for text in shown)
    assert "Council productivity index." in words
    assert "Method version" in words
    assert "official statistics" in words
    hexes = [mark.attrib["style"] for mark in picture.iter() if "data-code" in mark.attrib]
    assert len(hexes) == page.locator("#map path.hex").count() > 100
    # Colours of grades are in the picture itself: no class of the page is asked for them.
    assert len({re.search(r"fill: (rgb[^;]+);", style)[1] for style in hexes}) >= 5  # type: ignore[index]
    header = saved["PNG"].read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(header[16:20]) == 2 * int(picture.attrib["width"])
    assert int.from_bytes(header[20:24]) == 2 * int(picture.attrib["height"])
    assert saved["PNG"].stat().st_size > 20_000
    page.close()
