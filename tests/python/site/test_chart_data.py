"""The data behind charts: each CSV that a browser makes is compared with the marts, not with the page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from visits import Visit

from scripts.build import DATABASE
from scripts.site.chart_data import SAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

in_browser = pytest.mark.slow("the CSV of charts of every kind of page against the marts, in Chromium")
Figures = dict[tuple[str, str, str, str], tuple[float | str | None, str | None]]
HEAD = ["gss_code", "name", "edition", "item", "figure", "value", "unit"]
HEAD += ["missing_reason", "source", "licence"]

#: The three numbers of a rank as rows, for what is ranked and what is not.
RANKS = """
    unnest(['Rank', 'Rank, likely from', 'Rank, likely to']) as figure,
    unnest([productivity_rank, rank_p05, rank_p95]::double[]) as value,
    case
        when productivity_rank is null then not_ranked_reason
        when rank_p05 is null then 'depends_on_where_comparability_ends'
    end as reason
"""
OVERALL = "where ranking_id = 'overall' and edition = '{headline}'"
LENS = "where ranking_id = 'older_people' and edition = (select max(edition) from marts.fct_ranking "
LENS += "where ranking_id = 'older_people' and productivity_rank is not null)"
NAMED = "inner join marts.dim_ranking using (ranking_id)"
MAPPED = "inner join marts.dim_council_hex using (gss_code)"

#: By page and chart: code, edition, item and figure of each number that it shows, the number, why it misses.
CHARTS: dict[tuple[str, str], str] = {
    ("index.html", "top-ten"): f"""
        select gss_code, edition, '' as item, {RANKS} from marts.fct_ranking {OVERALL}
        and productivity_rank <= 10""",
    ("index.html", "map"): f"""
        select gss_code, edition, '' as item, {RANKS} from marts.fct_ranking {MAPPED} {OVERALL}""",
    ("lenses/older-people.html", "ranking"): f"""
        select gss_code, edition, '' as item, unnest(['Outcome score', 'Spend index']) as figure,
            unnest([outcome_score, spend_index]) as value, null as reason
        from marts.fct_ranking {LENS} and productivity_rank is not null""",
    ("lenses/older-people.html", "map"): f"""
        select gss_code, edition, '' as item, {RANKS} from marts.fct_ranking {MAPPED} {LENS}""",
    ("lenses/older-people.html", "bars"): f"""
        select gss_code, edition, '' as item, {RANKS} from marts.fct_ranking {LENS}
        and productivity_rank is not null
        union all
        select gss_code, edition, '', 'Productivity index', productivity_index, null
        from marts.fct_ranking {LENS} and productivity_rank is not null""",
    ("lenses/overall.html", "bars"): f"""
        select gss_code, edition, '' as item, {RANKS} from marts.fct_ranking {OVERALL}
        and productivity_rank is not null
        union all
        select gss_code, edition, '', 'Productivity index', productivity_index, null
        from marts.fct_ranking {OVERALL} and productivity_rank is not null""",
    ("modules/adult-social-care.html", "ranking"): """
        select gss_code, edition, '' as item, unnest(['Outcome score', 'Spend index']) as figure,
            unnest([outcome_score, spend_index]) as value, null as reason
        from marts.fct_adult_social_care where productivity_rank is not null
        and edition = (select max(edition) from marts.fct_adult_social_care
            where productivity_rank is not null)""",
    ("councils/wigan.html", "standing"): f"""
        select gss_code, edition, ranking_name as item, {RANKS} from marts.fct_ranking as standing {NAMED}
        where gss_code = 'E08000010' and standing.ranking_kind <> 'module' and edition = '{{headline}}'""",
    ("councils/dorset-to-2019.html", "standing"): f"""
        select gss_code, edition, ranking_name as item, {RANKS} from marts.fct_ranking as standing {NAMED}
        where gss_code = 'E10000009' and standing.ranking_kind <> 'module' and edition = '2018-19'""",
    ("councils/dorset-to-2019.html", "trend-spend-waste_recycling"): """
        select unnest([gss_code, 'Nearest neighbours, median']) as gss_code, edition, '' as item,
            'Spend index' as figure,
            unnest([spend_index, null]) as value,
            unnest([not_ranked_reason, 'no_peers_held']) as reason
        from marts.fct_ranking where gss_code = 'E10000009' and ranking_id = 'waste_recycling'""",
    ("councils/leicestershire.html", "trend-outcome-older_people"): """
        with medians as (
            select edition, median(outcome_score) as england from marts.fct_ranking
            where ranking_id = 'older_people' and productivity_rank is not null group by edition
        )
        select gss_code, edition, '' as item, 'Outcome score' as figure, outcome_score as value,
            not_ranked_reason as reason
        from marts.fct_ranking where gss_code = 'E10000018' and ranking_id = 'older_people'
        union all select 'Ranked councils, median', edition, '', 'Outcome score', england, null from medians
        union all select 'Nearest neighbours, median', edition, '', 'Outcome score', peer_outcome_score, null
        from marts.fct_peer_standing where gss_code = 'E10000018' and ranking_id = 'older_people'
        and peer_group_id = 'ons_nearest_neighbours'""",
    ("councils/leicestershire.html", "adult_social_care-years"): """
        select unnest([gss_code, 'E92000001', 'Nearest neighbours, median']) as gss_code, edition,
            '' as item, unnest(['Spend per adult, £', 'Spend per head', 'Spend per head']) as figure,
            unnest([spend_per_adult_gbp, england_spend_per_adult_gbp, peer_spend_per_adult_gbp]) as value,
            unnest([not_ranked_reason, not_ranked_reason, 'no_peers_held']) as reason
        from marts.fct_adult_social_care where gss_code = 'E10000018'""",
    ("england.html", "money"): """
        with newest as (
            select ranking_id, max(edition) as edition from marts.fct_change
            where ranking_id <> 'overall' group by ranking_id
        )
        select 'Councils of England' as gss_code, edition, 'Spend' as figure, null as reason,
            ranking_name || if(dim_ranking_edition.spend_basis = 'budget', ' (budget)', '') as item,
            sum(spend_gbp) / 1e9 as value
        from newest inner join marts.fct_ranking using (ranking_id, edition) inner join marts.dim_ranking
        using (ranking_id) inner join marts.dim_ranking_edition using (ranking_id, edition)
        group by edition, item""",
    ("delayed-transfers/leicestershire.html", "trend"): """
        select area_code as gss_code, {year} as edition, month as item,
            unnest(['Rate', 'Mean of twelve months']) as figure,
            unnest([delayed_beds_per_day_per_100k_adults, twelve_month_mean_per_100k_adults]) as value,
            unnest([missing_reason, 'fewer_than_twelve_months']) as reason
        from marts.fct_delayed_transfers_area_month where area_code = 'E10000018'""",
    ("delayed-transfers/index.html", "falls"): """
        select area_code as gss_code, '' as edition, '' as item,
            'Change of the rate within twelve months' as figure, movement as value, null as reason
        from ({falls}) inner join marts.dim_council on area_code = gss_code
        where is_rankable and movement is not null""",
    ("delayed-discharges/wigan.html", "on-ready-date-pct"): """
        select unnest([gss_code, 'E92000001']) as gss_code, {year} as edition, month as item,
            'Discharged on the day they were ready' as figure,
            unnest([on_ready_date_pct, england_on_ready_date_pct]) as value,
            unnest([missing_reason, null]) as reason
        from marts.fct_delayed_discharge_month where gss_code = 'E08000010'""",
}
#: The financial year of a month.
YEAR = (
    "(substr(month, 1, 4)::int - (substr(month, 6, 2)::int < 4)::int) || '-' || "
    "lpad(((substr(month, 1, 4)::int - (substr(month, 6, 2)::int < 4)::int + 1) % 100)::varchar, 2, '0')"
)
FALLS = """
    select now.area_code, now.delayed_beds_per_day_per_100k_adults
        - before.delayed_beds_per_day_per_100k_adults as movement
    from marts.fct_delayed_transfers_area_month as now
    inner join marts.fct_delayed_transfers_area_month as before
        on now.area_code = before.area_code and now.month_start = before.month_start + interval 1 year
    where now.area_kind = 'council' and now.month = (
        select max(month) from marts.fct_delayed_transfers_area_month)
"""


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database."""
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    """A window as wide as a desk's."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context
    context.close()


def saved(page: Page) -> list[dict[str, str]]:
    """What the CSV of the only chart shown holds."""
    with page.expect_download() as found:
        page.locator("figure:visible button.csv").click()
    with Path(found.value.path()).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == HEAD
    return rows


def differ(rows: list[dict[str, str]], expected: Figures) -> list[str]:
    """Where a CSV says something else than the marts: numbers to the last digit that it has."""
    found = []
    seen = {(row["gss_code"] or row["name"], row["edition"], row["item"], row["figure"]): row for row in rows}
    assert len(seen) == len(rows), "two rows of the CSV cannot be told apart"
    found += [f"only in the CSV: {key}" for key in seen.keys() - expected.keys()]
    found += [f"not in the CSV: {key}" for key in expected.keys() - seen.keys()]
    for key in seen.keys() & expected.keys():
        text, (value, reason) = seen[key]["value"], expected[key]
        if value is None:
            same = text == "" and seen[key]["missing_reason"] == reason
        elif isinstance(value, str):
            same = text == value
        else:
            last = 10.0 ** -len(text.partition(".")[2])
            same = text != "" and abs(float(text) - value) <= last / 2 + 1e-9
        if not same:
            found.append(f"{key}: {text!r} {seen[key]['missing_reason']!r}, the marts: {value} {reason}")
        # A reason is given where a number is missing and nowhere else.
        if (text == "") != (seen[key]["missing_reason"] != ""):
            found.append(f"{key}: a reason does not go with {text!r}")
    return found


def asked(marts: duckdb.DuckDBPyConnection, query: str) -> Figures:
    """The figures of a query by code, edition, item and figure."""
    rows = marts.execute(f"select gss_code, edition, item, figure, value, reason from ({query})").fetchall()
    return {
        (code, edition, item, figure): (value, reason) for code, edition, item, figure, value, reason in rows
    }


@in_browser
@pytest.mark.parametrize(("path", "chart"), [pytest.param(*key, id=" ".join(key)) for key in CHARTS])
def test_the_csv_of_a_chart_is_the_marts(
    wide: BrowserContext,
    small_site: Path,
    marts: duckdb.DuckDBPyConnection,
    headline: str,
    path: str,
    chart: str,
) -> None:
    """Every number that the chart shows, with its code, edition and unit; a missing one with its reason."""
    visit = Visit(wide, small_site, f"{path}?chart={chart}")
    rows = saved(visit.page)
    filled = (
        CHARTS[(path, chart)]
        .replace("{headline}", headline)
        .replace("{year}", YEAR)
        .replace("{falls}", FALLS)
    )
    expected = asked(marts, filled)
    assert len(expected) > 5
    numbers = [row for row in rows if row["figure"] != "Where its likely range lies"]
    assert not differ(numbers, expected)
    assert all(row["unit"] and row["source"] and row["licence"] == "OGL-UK-3.0" for row in numbers)
    assert not visit.problems
    visit.page.close()


@pytest.fixture(scope="module")
def gappy(marts: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """The measure and edition whose values are missing for the most kinds of reason."""
    [(measure, edition)] = marts.execute(
        "select measure_id, edition from marts.fct_measure_grade where is_active group by all "
        "having count(value) > 0 order by count(distinct missing_reason) desc, edition desc, measure_id "
        "limit 1"
    ).fetchall()
    return measure, edition


@in_browser
@pytest.mark.parametrize("chart", ["values", "grades", "bars"])
def test_a_missing_value_has_its_reason_in_the_csv(
    wide: BrowserContext,
    small_site: Path,
    marts: duckdb.DuckDBPyConnection,
    gappy: tuple[str, str],
    chart: str,
) -> None:
    """Of a measure with many gaps: values, grades, reasons as the marts type them, publication and unit."""
    measure, edition = gappy
    page = Visit(wide, small_site, f"measures/{measure.replace('_', '-')}-{edition}.html").page
    page.goto(f"{page.url.partition('#')[0]}?chart={chart}")
    rows = saved(page)
    grades = "select distinct gss_code, edition, value, grade, missing_reason from marts.fct_measure_grade "
    grades += f"where measure_id = '{measure}' and edition = '{edition}' and is_active"
    expected = asked(
        marts,
        "select gss_code, edition, '' as item, 'Value' as figure, value, missing_reason as reason "
        f"from ({grades})",
    )
    assert len({reason for _, reason in expected.values() if reason}) >= 2
    if chart == "grades":
        drawn = {code for (code,) in marts.execute("select gss_code from marts.dim_council_hex").fetchall()}
        letters = "coalesce(missing_reason, 'not_graded') as reason"
        letters = f"grade as value, {letters} from ({grades})"
        letters = f"select gss_code, edition, '' as item, 'Grade' as figure, {letters}"
        expected = {key: figure for key, figure in expected.items() if key[0] in drawn}
        expected |= {key: figure for key, figure in asked(marts, letters).items() if key[0] in drawn}
    assert not differ(rows, expected)
    [(unit, source)] = marts.execute(
        "select unit, publisher || ': ' || publication_name from marts.dim_measure "
        f"inner join marts.dim_publication using (publication_id) where measure_id = '{measure}'"
    ).fetchall()
    values = [row for row in rows if row["figure"] == "Value"]
    assert {(row["unit"], row["source"]) for row in values} == {(unit, source)}
    page.close()


@in_browser
def test_dots_without_a_table_lead_to_their_data(wide: BrowserContext, small_site: Path) -> None:
    """A council's scatter shows every council: its CSV is on the lens's page, whose button has focus."""
    page = Visit(wide, small_site, "councils/leicestershire.html").page
    page.locator("details.part").first.evaluate("part => { part.open = true; }")
    page.locator("#spend-and-outcome figure", has_text="Older people").locator("a.csv").click()
    page.wait_for_url("**/lenses/older-people.html#council=leicestershire&chart=ranking")
    focused = page.evaluate("document.activeElement.closest('figure').querySelector('svg').dataset.of")
    assert focused == "ranking"
    assert page.locator("tr.lit").get_attribute("data-key") == "E10000018"
    page.close()


@in_browser
def test_a_chart_is_cited_and_embedded(wide: BrowserContext, small_site: Path) -> None:
    """The citation names edition, publisher, version and address; what is embedded shows that chart alone."""
    page = Visit(wide, small_site, "lenses/older-people.html#council=wigan").page
    figure = page.locator("#map figure")
    assert not page.locator(".cite-chart textarea").count()
    figure.get_by_role("button", name="Cite or embed the chart").click()
    cited, snippet = (area.input_value() for area in figure.locator(".cite-chart textarea").all())
    heading = page.locator("h1").inner_text()
    assert heading in cited
    assert cited.startswith("The contributors of the council productivity index, “Where the likely range")
    assert re.search(r"edition \d{4}-\d\d\. Council productivity index, (release|version) \d+\.\d+", cited)
    assert cited.endswith("/lenses/older-people.html?chart=map")
    source = re.search(r'<iframe src="([^"]+)" title="[^"]+" width="\d+" height="\d+"', snippet)
    assert source and source[1].endswith("/lenses/older-people.html?chart=map#council=wigan")
    visit = Visit(wide, small_site, "lenses/older-people.html?chart=map#council=wigan")
    shown = visit.page
    assert [found.is_visible() for found in shown.locator("main figure").all()].count(True) == 1
    for part in ("header.site", "footer", "main > section", ".tools", ".skip"):
        assert not any(found.is_visible() for found in shown.locator(part).all()), part
    assert shown.locator(".hex.lit").get_attribute("data-code") == "E08000010"
    assert shown.locator("h1").count() == 1
    assert (shown.locator("main > .note a").get_attribute("href") or "").endswith(
        "older-people.html#council=wigan"
    )
    assert not visit.problems
    for nowhere in ("nothing", "__proto__", "%22"):
        whole = Visit(wide, small_site, f"lenses/older-people.html?chart={nowhere}")
        assert whole.page.locator("footer").is_visible()
        assert not whole.problems
        whole.page.close()
    shown.close()
    page.close()


@in_browser
@pytest.mark.parametrize("path", ["lenses/older-people.html", "measures/older-feel-safe-65-plus.html"])
def test_ranked_bars_take_the_place_of_dots_and_light_a_council(
    wide: BrowserContext, small_site: Path, path: str
) -> None:
    """By one switch and back; a bar for each council drawn, in order, ranges with the ranks, arrow keys."""
    page = Visit(wide, small_site, f"{path}#council=wigan").page
    switch = page.get_by_role("button", name="Ranked bars")
    dots = page.locator("main figure:has(svg[data-of])").first
    assert page.locator("rect.bar").count() == 0
    switch.click()
    bars = page.locator("figure[data-chart=bars]")
    assert (dots.is_visible(), bars.is_visible()) == (False, True)
    assert bars.locator("rect.bar").count() == len(
        (dots.locator("[data-codes]").get_attribute("data-codes") or "").split()
    )
    assert bars.locator("rect.bar.lit").get_attribute("data-code") == "E08000010"
    row = page.locator("tr[data-key=E08000010] > *").all_text_contents()
    told = bars.locator(".tip").text_content() or ""
    assert told.startswith("Wigan: ")
    assert row[1].strip() in told
    is_lens = path.startswith("lenses")
    # A rank has its range; a measure has neither.
    assert bars.locator("rect.range").count() == (bars.locator("rect.bar").count() if is_lens else 0)
    heights = [float(bar.get_attribute("height") or 0) for bar in bars.locator("rect.bar").all()]
    assert heights == sorted(heights, reverse=True)
    bars.locator("button.walk").press("ArrowRight")
    first = bars.locator("rect.bar").first.get_attribute("data-code")
    assert bars.locator("rect.bar.lit").get_attribute("data-code") == first
    switch.click()
    assert (dots.is_visible(), bars.is_visible()) == (True, False)
    page.close()


def tables(html: str) -> dict[str, list[tuple[str, str, bool]]]:
    """The tables of a page with the names, units and kinds of their columns."""
    found = {}
    for part, head in re.findall(r'<table data-part="([^"]+)".*?<thead>(.*?)</thead>', html, re.DOTALL):
        heads = re.findall(r'<th scope="col" data-col="([^"]+)"( class="n")?(?: data-unit="([^"]*)")?', head)
        found[part] = [(name, unit, bool(kind)) for name, kind, unit in heads]
    return found


def test_every_column_that_a_chart_draws_has_a_unit(small_site: Path) -> None:
    """Of every chart of the site: no number goes into a CSV without saying what it is in."""
    checked = 0
    for path in small_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        on_page = tables(html)
        for attributes, figure in re.findall(r"<figure([^>]*)>(.*?)</figure>", html, re.DOTALL):
            other = re.search(r'<svg[^>]* data-of="([^"]+)" data-show="([^"]+)"', figure)
            own = tables(figure)
            part = other[1] if other else next(iter(own), "")
            if not part or "data-code=" in figure or "data-at=" in attributes:
                continue
            told = re.search(r'data-show="([^"]+)"', attributes) or (
                other and re.search(r'data-show="([^"]+)"', other[0])
            )
            drawn = told[1].split() if told else [name for name, _, is_number in on_page[part] if is_number]
            columns = {name: (unit, is_number) for name, unit, is_number in on_page[part]}
            assert set(drawn) <= set(columns), f"{path.name}, {part}: there is no column {drawn}"
            for name in drawn:
                unit, is_number = columns[name]
                known = next(
                    (
                        SAY.columns[key]
                        for key in (f"{part}:{name}", f"{part.split('-')[0]}:{name}", name)
                        if key in SAY.columns
                    ),
                    ("",),
                )
                assert unit or known[0] or not is_number, f"{path.name}, {part}: {name} has no unit"
                checked += 1
    assert checked > 800


def test_a_page_says_once_what_its_figures_are_of(small_site: Path) -> None:
    """Code, edition and source stand on the page and not on each of its tables."""
    pages: dict[str, Any] = {
        "councils/wigan.html": r' data-code="E08000010" data-edition="\d{4}-\d\d">',
        "delayed-transfers/index.html": r' data-code="E92000001" data-source="NHS England: Delayed ',
        "lenses/older-people.html": r' data-kind="lens" data-edition="\d{4}-\d\d">',
        "measures/waste-recycling-rate.html": r' data-source="[^"]+" data-licence="OGL-UK-3.0">',
    }
    for path, told in pages.items():
        assert re.search(told, (small_site / path).read_text(encoding="utf-8")), path
