"""Finding a council and comparing councils: the combobox, names, what is said, what is kept, the file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from conftest import ROOT
from visits import PHONE, Visit

from scripts.build import DATABASE
from scripts.site.words import number, plain

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

in_browser = pytest.mark.slow("finding and comparing councils in Chromium: keys, names, storage, file")
# Named as MHCLG and the register name them: enough to tell apart what is found and how.
KNOWN = [
    ["Bournemouth, Christchurch and Poole", "councils/bcp.html", "South West", "E06000058"],
    ["Cumberland", "councils/cumberland.html", "North West", "E06000063", {"predecessor": ["Cumbria"]}],
    ["Cumbria (to 2023)", "councils/cumbria-to-2023.html", "North West", "E10000006"],
    ["County Durham", "councils/durham.html", "North East", "E06000047", {"spelling": ["Durham"]}],
    ["Dorset", "councils/dorset.html", "South West", "E06000059"],
    ["Dorset (to 2019)", "councils/dorset-to-2019.html", "South West", "E10000009"],
    ["Kingston upon Hull", "councils/hull.html", "Yorkshire and The Humber", "E06000010"],
    ["Leicester", "councils/leicester.html", "East Midlands", "E06000016"],
    [
        *("Leicestershire", "councils/leicestershire.html", "East Midlands", "E10000018"),
        {"district": ["Hinckley and Bosworth"]},
    ],
    ["Norfolk", "councils/norfolk.html", "East", "E10000020", {"district": ["King's Lynn and West Norfolk"]}],
    ["St. Helens", "councils/st-helens.html", "North West", "E08000013"],
]


@pytest.fixture(scope="module")
def names(browser: Browser) -> Iterator[Page]:
    """An empty page that knows a few councils and how to find them."""
    page = browser.new_page()
    page.evaluate("known => { window.COUNCILS = known; }", KNOWN)
    page.add_script_tag(path=ROOT / "site_src" / "assets" / "councils_box.js")
    yield page
    page.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("leicester", ["Leicester", "Leicestershire"]),
        ("hull", ["Kingston upon Hull"]),
        ("cester", ["Leicester", "Leicestershire"]),
        ("cumbria", ["Cumbria (to 2023)", "Cumberland: took the place of Cumbria"]),
        ("dorset", ["Dorset", "Dorset (to 2019)"]),
        ("Hinckley & B", ["Leicestershire: Hinckley and Bosworth is a district of its area"]),
        ("kings lynn", ["Norfolk: King's Lynn and West Norfolk is a district of its area"]),
        ("St Helens Council", ["St. Helens"]),
        ("Durham County Council", ["County Durham: also Durham"]),
        ("bcp", ["Bournemouth, Christchurch and Poole"]),
        ("e06000063", ["Cumberland"]),
        ("atlantis", []),
        ("county council", []),
        ("  ", []),
        ("LE1 1AA", []),
    ],
)
def test_a_council_is_found_by_every_name(names: Page, typed: str, found: list[str]) -> None:
    """By part of its name, a former name, a district, letters, code; in the order of how well it fits."""
    asked = "text => CouncilBox.find(text).map(hit => hit.council.title + (hit.note ? ': ' + hit.note : ''))"
    assert names.evaluate(asked, typed) == found


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("leicester", "leicester"),
        ("E06000063", "cumberland"),
        ("Hinckley and Bosworth", "leicestershire"),
        ("Cumbria", "cumbria-to-2023"),
        ("dorset", "dorset"),
        ("Dorset", None),
        ("leic", None),
        ("__proto__", None),
        ("", None),
    ],
)
def test_a_name_in_an_address_means_one_council_or_none(names: Page, named: str, meant: str | None) -> None:
    """The whole of a name that only one has; nothing is guessed."""
    assert names.evaluate("name => (CouncilBox.one(name) || { slug: null }).slug", named) == meant


def test_a_postcode_is_answered_with_where_to_look(names: Page) -> None:
    """No list of postcodes is held: the answer says so, and no other word is taken for a postcode."""
    answer = "text => CouncilBox.nothing(text)"
    for postcode in ("LE1 1AA", "wn1", "SW1A 2AA", "e1 6an"):
        assert "gov.uk/find-local-council" in names.evaluate(answer, postcode)
    for word in ("atlantis", "w", "E08000010x"):
        assert names.evaluate(answer, word) == "No council of that name"


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database."""
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        yield connection


def of_edition(site: Path, edition: str) -> dict[str, Any]:
    """The figures of an edition for the page that compares."""
    text = (site / "assets" / f"compare-{edition}.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text[text.index("]=") + 2 : -2])
    return found


@pytest.mark.parametrize("edition", ["2018-19", "2023-24"])
def test_the_figures_to_compare_are_those_of_the_marts(
    small_site: Path, marts: duckdb.DuckDBPyConnection, edition: str
) -> None:
    """Ranks and their ends, index, outcome, spend of every ranking; every measure that counts in a lens."""
    held = of_edition(small_site, edition)
    codes = {"leicestershire": "E10000018", "wigan": "E08000010"}
    for slug, code in codes.items():
        ranked = marts.execute(
            "select productivity_rank, rank_p05, rank_p95, ranked_councils, productivity_index, "
            "outcome_score, spend_index, spend_per_head_gbp from marts.fct_ranking "
            "inner join marts.dim_ranking using (ranking_id) where edition = ? and gss_code = ? "
            "and dim_ranking.ranking_kind in ('lens', 'overall') order by ranking_order",
            [edition, code],
        ).fetchall()
        assert len(ranked) == len(held["standings"][slug]) == 7
        for row, shown in zip(ranked, held["standings"][slug], strict=True):
            assert list(row[:4]) == shown[1:5]
            printed = [
                None if value is None else number(value, decimals)
                for value, decimals in zip(row[4:], (1, 1, 2, 0), strict=True)
            ]
            assert printed == shown[5:]
        values = marts.execute(
            "select ranking_id, measure_id, value, grade from marts.fct_measure_grade "
            "where edition = ? and gss_code = ? and is_active and ranking_kind = 'lens'",
            [edition, code],
        ).fetchall()
        expected = {(lens, measure): (value, grade) for lens, measure, value, grade in values}
        there = {
            (about[0], about[1]): value
            for about, value in zip(held["measures"], held["values"][slug], strict=True)
            if value is not None
        }
        assert set(there) == set(expected)
        for key, (value, grade) in expected.items():
            if value is None:
                assert re.match("[a-z]", there[key][0])
            else:
                assert there[key] == [plain(value), *([grade] if grade else [])]
    assert ("cumberland" in held["values"]) == (edition == "2023-24")


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A window on a desk, for pages that need nothing kept from before."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context
    context.close()


@in_browser
def test_the_keys_of_the_combobox(desk: BrowserContext, small_site: Path) -> None:
    """Arrows move in the list while focus stays in the field; Escape closes, then empties; Enter opens."""
    visit = Visit(desk, small_site, "index.html")
    page = visit.page
    field = page.get_by_role("combobox", name="Name of the council")
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("dorset")
    options = page.get_by_role("option")
    assert options.all_inner_texts() == ["Dorset", "Dorset (to 2019)"]
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(".find [role=status]").inner_text() == "2 councils found"
    controlled = page.locator(f"#{field.get_attribute('aria-controls')}")
    assert controlled.get_attribute("role") == "listbox"
    chosen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
        assert active.get_attribute("aria-selected") == "true"
        assert page.locator("[role=option][aria-selected=true]").count() == 1
        chosen.append(active.inner_text())
        assert field.evaluate("field => field === document.activeElement")
    assert chosen == ["Dorset", "Dorset (to 2019)", "Dorset", "Dorset (to 2019)"]
    page.keyboard.press("Escape")
    assert not options.first.is_visible()
    assert field.get_attribute("aria-activedescendant") is None
    assert field.input_value() == "dorset"
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    field.press_sequentially("atlantis")
    assert page.locator(".find .nothing").inner_text() == "No council of that name"
    assert page.locator(".find [role=status]").inner_text() == "No council of that name"
    field.fill("cumbria")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/cumberland.html")
    assert not visit.problems
    page.close()


@in_browser
def test_one_combobox_wherever_a_council_is_chosen(desk: BrowserContext, small_site: Path) -> None:
    """Home, the head of every page, compare, what if, lenses, measures: one behaviour under each label."""
    for path, label in (
        ("index.html", "Name of the council"),
        ("method.html", "Find a council"),
        ("compare.html", "Add a council"),
        ("what-if.html", "Council"),
        ("lenses/older-people.html", "Show a council"),
        ("measures/older-feel-safe-65-plus.html", "Show a council"),
    ):
        page = Visit(desk, small_site, path).page
        field = page.get_by_role("combobox", name=label, exact=True)
        field.fill("wig")
        # Wigston, with Oadby a district of Leicestershire's, comes after.
        hits = page.locator(f"#{field.get_attribute('aria-controls')}").get_by_role("option")
        assert hits.all_inner_texts()[0] == "Wigan", path
        assert page.locator("datalist").count() == 0
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("wigan|E08000010"))
        page.close()


@in_browser
def test_compare_says_what_it_does_not_show(desk: BrowserContext, small_site: Path) -> None:
    """A name that is none, one that several have, a council without the edition, an edition that is none."""
    address = "compare.html#councils=wigan,atlantis,Dorset,cumberland&edition=2018-19"
    page = Visit(desk, small_site, address).page
    assert page.locator(".told li").all_inner_texts() == [
        "“atlantis” names no council here.",
        "“Dorset” is no council's full name. Add the one you mean: Dorset, Dorset (to 2019).",
        "Cumberland has no figures of 2018-19: it is in the editions 2023-24 to 2024-25 only.",
    ]
    cells = page.locator("table[data-part='compared-0'] td:nth-child(3)").all_inner_texts()
    assert set(cells) == {"no such council in 2018-19"}
    page.close()
    page = Visit(desk, small_site, "compare.html#councils=wigan&edition=1066").page
    [said] = page.locator(".told li").all_inner_texts()
    assert said.startswith("There is no edition “1066”")
    page.close()


@in_browser
def test_ranges_measures_and_trends_are_side_by_side(desk: BrowserContext, small_site: Path) -> None:
    """Each rank with its range drawn; measures with England's median; a line and a cell for each edition."""
    page = Visit(desk, small_site, "compare.html#councils=leicestershire,wigan&edition=2018-19").page
    drawn = page.locator("table[data-part='compared-0'] tbody td")
    for cell in drawn.all():
        has_rank = ", likely " in cell.inner_text()
        assert cell.locator("svg rect.range").count() == cell.locator("svg circle").count() == int(has_rank)
    heads = page.locator("table[data-part='compared-measures-older_people'] thead th")
    assert heads.all_text_contents() == ["Measure", "England, median", "Leicestershire", "Wigan"]
    trend = page.locator("table[data-part='compared-trend-older_people-outcome']")
    held = held_in_page(page)
    assert trend.locator("thead th").all_text_contents()[2:] == held["editions"]
    assert trend.locator("tbody tr").count() == trend.locator("tbody svg path.line").count() == 2
    page.close()


def held_in_page(page: Page) -> dict[str, Any]:
    """What the page that compares knows of all editions."""
    found: dict[str, Any] = page.evaluate("window.COMPARE")
    return found


def chosen_on(page: Page) -> list[str]:
    """The councils chosen, without the sign that removes one."""
    return [name[:-2] for name in page.locator(".chosen button").all_inner_texts()]


@in_browser
def test_own_councils_are_kept_across_the_site(browser: Browser, small_site: Path) -> None:
    """Kept with a button, marked on lists, shown alone, brought back by compare, forgotten with a button."""
    context = browser.new_context()
    page = Visit(context, small_site, "compare.html#councils=leicestershire,wigan").page
    page.get_by_role("button", name="Keep these as my councils").click()
    assert "kept in this browser and nowhere else" in page.locator("#kept").inner_text()
    page.goto(f"{small_site.as_uri()}/lenses/older-people.html")
    rows = page.locator("table[data-part='ranking'] tbody tr")
    assert {row.get_attribute("data-key") for row in page.locator("tr.mine").all()} == {
        "E10000018",
        "E08000010",
    }
    name = page.locator("tr.mine th").first
    behind = "name => getComputedStyle(name, '::after').content"
    assert name.evaluate(behind) == '" one of your councils"'
    # What is told of a row goes by the name alone.
    assert name.text_content() in ("Leicestershire", "Wigan")
    page.get_by_label("Show their rows alone").check()
    assert sum(row.is_visible() for row in rows.all()) == 2
    page.get_by_role("link", name="Compare them").click()
    page.wait_for_url("**/compare.html#councils=leicestershire,wigan")
    page.goto(f"{small_site.as_uri()}/method.html")
    page.goto(f"{small_site.as_uri()}/compare.html")
    assert chosen_on(page) == ["Leicestershire", "Wigan"]
    # Another's link is shown as it is, and changes nothing that is kept.
    page.goto("about:blank")
    page.goto(f"{small_site.as_uri()}/compare.html#councils=dorset")
    assert chosen_on(page) == ["Dorset"]
    page.get_by_role("button", name="Show my councils").click()
    assert chosen_on(page) == ["Leicestershire", "Wigan"]
    page.get_by_role("button", name="Forget my councils").click()
    assert page.evaluate("localStorage.length") == 0
    page.goto(f"{small_site.as_uri()}/lenses/older-people.html#mine=wigan")
    assert page.locator("tr.mine").get_attribute("data-key") == "E08000010"
    context.close()


@in_browser
def test_a_browser_that_keeps_nothing_breaks_nothing(browser: Browser, small_site: Path) -> None:
    """Storage refused: compare goes on from its address, and says that the address holds the choice."""
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
    )
    visit = Visit(context, small_site, "compare.html#councils=leicestershire,wigan")
    visit.page.get_by_role("button", name="Keep these as my councils").click()
    assert "The address of this page holds your choice" in visit.page.locator("#kept").inner_text()
    assert visit.page.locator("table[data-part='compared-0'] tbody tr").count() == 7
    visit.page.goto(f"{small_site.as_uri()}/lenses/older-people.html")
    assert visit.page.locator(".mine-line").count() == 0
    assert not visit.problems
    context.close()


@in_browser
def test_the_choice_is_a_file_of_plain_numbers(
    desk: BrowserContext, small_site: Path, marts: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Codes, units, an edition, a reason where there is no number; the numbers are those of the marts."""
    page = Visit(desk, small_site, "compare.html#councils=wigan,cumberland&edition=2018-19").page
    with page.expect_download() as found:
        page.get_by_role("button", name="Download the choice (CSV)").click()
    assert found.value.suggested_filename == "compare-2018-19.csv"
    found.value.save_as(tmp_path / "choice.csv")
    with (tmp_path / "choice.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    own = [row for row in rows if row["gss_code"] == "E08000010"]
    assert [row["missing_reason"] for row in rows if row["gss_code"] == "E06000063"] == [
        "no such council in 2018-19"
    ]
    assert {row["edition"] for row in rows} == {"2018-19"}
    for row in own:
        assert bool(row["value"]) != bool(row["missing_reason"]), row
        assert row["unit"], row
        if row["value"] and row["figure"] != "grade":
            float(row["value"])
    ranks = {row["ranking_id"]: row["value"] for row in own if row["figure"] == "productivity_rank"}
    assert ranks == {
        lens: "" if rank is None else str(rank)
        for lens, rank in marts.execute(
            "select ranking_id, productivity_rank from marts.fct_ranking inner join marts.dim_ranking "
            "using (ranking_id) where edition = '2018-19' and gss_code = 'E08000010' "
            "and dim_ranking.ranking_kind in ('lens', 'overall')"
        ).fetchall()
    }
    values = {(row["ranking_id"], row["measure_id"]): row["value"] for row in own if row["figure"] == "value"}
    printed = {
        (lens, measure): None if value is None else float(plain(value).replace(",", "").replace("−", "-"))
        for lens, measure, value in marts.execute(
            "select ranking_id, measure_id, value from marts.fct_measure_grade where edition = '2018-19' "
            "and gss_code = 'E08000010' and is_active and ranking_kind = 'lens'"
        ).fetchall()
    }
    assert {key: float(value) if value else None for key, value in values.items()} == printed
    assert len(printed) > 30
    page.close()


@in_browser
@pytest.mark.parametrize(
    "colours",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
@pytest.mark.parametrize("path", ["index.html", "compare.html#councils=leicestershire,wigan,atlantis"])
def test_axe_finds_nothing_while_the_list_is_open(
    browser: Browser, small_site: Path, path: str, colours: dict[str, Any]
) -> None:
    """At 320 pixels, with an option chosen by key: names, roles, contrast, and no sideways scroll."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(**PHONE | {"viewport": {"width": 320, "height": 700}}, **colours)
    page = Visit(context, small_site, path).page
    field = page.get_by_label("Add a council" if path != "index.html" else "Name of the council")
    field.fill("dorset")
    page.keyboard.press("ArrowDown")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    violations = axe.Axe().run(page).response["violations"]
    assert not [(found["id"], found["nodes"][0]["html"][:200]) for found in violations]
    across, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert across <= window <= 320
    context.close()
