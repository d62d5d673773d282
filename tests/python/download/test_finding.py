"""Finding the files: on a page, on the pages it leads to, and through the statistics API."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scripts.download.register import Download
from scripts.download.run import NEW, REFUSED, Result

from .site import Answer, Site, workbook

Fetch = Callable[..., list[Result]]
Row = Callable[..., Download]
EDITION = "(?P<edition>20[0-9]{2}-to-20[0-9]{2})"


def html(*links: tuple[str, str]) -> Answer:
    """A page with these links, its words broken up by markup as pages do."""
    items = "".join(
        f'<li><a class="link" href="{address}"><span>{text}</span>\n</a></li>' for address, text in links
    )
    body = f"<!DOCTYPE html><html><body><a name='top'>Contents</a><ul>{items}</ul></body></html>"
    return Answer(body.encode(), content_type="text/html; charset=utf-8")


def files(results: list[Result]) -> dict[str, str]:
    """What happened, by file."""
    return {result.file: result.what for result in results}


@pytest.fixture
def page(site: Site, row: Row) -> Download:
    """A row whose file is looked for on a page."""
    return row(
        kind="page", url="", page_url=f"{site.url}/tables", link_pattern=r"(?i)/Live_Table_615[^/]*[.]xlsx$"
    )


def test_a_link_is_found_by_its_address(site: Site, page: Download, fetch: Fetch) -> None:
    """Whatever the part of it that changes with each release; the same link twice is one."""
    link = ("media/6a2b/Live_Table_615.xlsx#top", "Table 615")
    site.serves("/tables", html(("/media/1/Live_Table_100.xlsx", "Table 100"), link, link))
    site.serves("/media/6a2b/Live_Table_615.xlsx", Answer(workbook()))
    assert files(fetch(page)) == {"budget.xlsx": NEW}


def test_a_link_is_found_by_its_text(site: Site, row: Row, page: Download, fetch: Fetch) -> None:
    """And the text names the file."""
    pattern = "^Detailed tables: (?P<quarter>[A-Z][a-z]+ to [A-Z][a-z]+ 20[0-9]{2}).*[.]xlsx$"
    quarters = row(
        kind="page",
        page_url=page.page_url,
        link_pattern=pattern,
        take="each",
        file_name="detailed_{quarter}.xlsx",
    )
    links = [
        (f"/media/{n}/x.xlsx", f"Detailed  tables: {q} 2024")
        for n, q in enumerate(["January to March", "April to June"])
    ]
    site.serves("/tables", html(*links, ("/media/9/x.ods", "Detailed tables: July to September 2024")))
    for address, _ in links:
        site.serves(address, Answer(workbook()))
    assert files(fetch(quarters)) == {
        "detailed_january_to_march_2024.xlsx": NEW,
        "detailed_april_to_june_2024.xlsx": NEW,
    }


def test_files_a_step_further_of_the_newest_edition(site: Site, row: Row, fetch: Fetch) -> None:
    """Every part of it, and no page of an older edition is asked for."""
    budget = row(
        kind="page",
        page_url=f"{site.url}/collection",
        page_pattern=f"/budget-{EDITION}$",
        link_pattern=r"/RA_Part_(?P<part>[0-9])[.]xlsx$",
        take="newest",
        file_name="budget_{edition}_part_{part}.xlsx",
    )
    editions = ["2024-to-2025", "2026-to-2027", "2025-to-2026"]
    site.serves("/collection", html(*[(f"/budget-{edition}", edition) for edition in editions]))
    site.serves("/budget-2026-to-2027", html(("/a/RA_Part_1.xlsx", "One"), ("/b/RA_Part_2.xlsx", "Two")))
    for address in ("/a/RA_Part_1.xlsx", "/b/RA_Part_2.xlsx"):
        site.serves(address, Answer(workbook(address)))
    assert files(fetch(budget)) == {
        "budget_2026-to-2027_part_1.xlsx": NEW,
        "budget_2026-to-2027_part_2.xlsx": NEW,
    }
    assert not site.asked("/budget-2025-to-2026")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (html(("/x.xlsx", "Other")), "no link matches"),
        (html(("/1/Live_Table_615.xlsx", ""), ("/2/Live_Table_615.xlsx", "")), "2 links match"),
        (html(("mailto:a@b/Live_Table_615.xlsx", "")), "no link matches"),
        (Answer(b"{}", content_type="application/json"), "expected text/html"),
        (Answer(b"x" * 6_000_000, content_type="text/html"), "more than 5,000,000 bytes"),
        (Answer(status=500), "500 Internal Server Error"),
        (html(("http://example.org/Live_Table_615.xlsx", "")), "the host is example.org"),
        (html(("/gone/Live_Table_615.xlsx", "")), "404 Not Found"),
    ],
)
def test_a_page_that_is_not_as_expected(
    site: Site, page: Download, fetch: Fetch, answer: Answer, words: str
) -> None:
    """Nothing is guessed: the row is refused and says why."""
    site.serves("/tables", answer)
    (result,) = fetch(page)
    assert (result.what, words in result.said) == (REFUSED, True), result.said


def test_a_page_that_breaks_off_is_read_again(site: Site, page: Download, fetch: Fetch) -> None:
    """Half a page could lack the newest link."""
    whole = html(("/media/6a2b/Live_Table_615.xlsx", "Table 615"))
    site.serves("/tables", Answer(whole.body, content_type="text/html", cut=40), whole)
    site.serves("/media/6a2b/Live_Table_615.xlsx", Answer(workbook()))
    assert files(fetch(page)) == {"budget.xlsx": NEW}


def test_two_files_do_not_get_one_name(
    site: Site, row: Row, page: Download, fetch: Fetch, folder: Path
) -> None:
    """Neither would be right."""
    each = row(
        kind="page",
        page_url=page.page_url,
        link_pattern="(?P<quarter>20[0-9]{2})[a-z]*[.]xlsx$",
        take="each",
        file_name="q_{quarter}.xlsx",
    )
    site.serves("/tables", html(("/2024.xlsx", "a"), ("/2024revised.xlsx", "b")))
    (result,) = fetch(each)
    assert "would be saved as q_2024.xlsx, as would" in result.said
    assert not list(folder.iterdir())


SLUG = "outcomes-for-children"
CSV = b"time_period,old_la_code,value\n202425,201,z\n" * 100


def data_set(number: int, title: str, published: str, status: str = "Published") -> dict[str, object]:
    """A data set as the API lists it."""
    version = {
        "version": "1.0",
        "type": "Major",
        "published": published,
        "totalResults": 3444,
        "release": {"title": f"20{number}", "slug": f"20{number}-{number + 1}"},
        "file": {"id": f"file-{number}"},
        "timePeriods": {"start": "2018/19", "end": "2024/25"},
        "geographicLevels": ["Local authority"],
        "filters": [],
        "indicators": [],
    }
    return {"id": f"set-{number}", "title": title, "summary": "", "status": status, "latestVersion": version}


PUBLICATIONS = [
    {
        "id": f"publication-{slug}",
        "title": slug,
        "slug": slug,
        "summary": "",
        "lastPublished": "2026-04-01T09:30:00Z",
    }
    for slug in (*[f"{SLUG}-{number}" for number in range(20)], SLUG)
]
DATA_SETS = [
    data_set(23, "LA - Key Stage 4 (KS4) - API", "2024-04-11T09:30:00+00:00"),
    data_set(26, "National - Key Stage 4 (KS4) - API", "2027-04-11T09:30:00+00:00"),
    *[data_set(30 + number, f"Other {number}", "2025-01-01T09:30:00+00:00") for number in range(18)],
    data_set(25, "LA - Key Stage 4 (KS4) - API", "2026-04-11T09:30:00+00:00"),
    data_set(24, "LA - Key Stage 4 (KS4) - API", "2025-04-11T09:30:00+00:00"),
    data_set(27, "LA - Key Stage 4 (KS4) - API", "2028-04-11T09:30:00+00:00", status="Deprecated"),
]


def listed(site: Site, path: str, results: list[dict[str, object]], **parameters: str) -> None:
    """Serve a list in pages, as the API does."""
    pages = [results[start : start + 20] for start in range(0, len(results), 20)]
    for number, page in enumerate(pages, start=1):
        paging = {"page": number, "pageSize": 20, "totalPages": len(pages), "totalResults": len(results)}
        query = urlencode(parameters | {"page": number, "pageSize": 20})
        body = json.dumps({"paging": paging, "results": page}).encode()
        site.serves(f"{path}?{query}", Answer(body, content_type="application/json; charset=utf-8"))


FIRST_PAGE = "/v1/publications?search=outcomes+for+children&page=1&pageSize=20"


@pytest.fixture
def api(site: Site, row: Row) -> Download:
    """A row whose file is a data set of the API, and the API."""
    listed(site, "/v1/publications", PUBLICATIONS, search="outcomes for children")
    listed(site, f"/v1/publications/publication-{SLUG}/data-sets", DATA_SETS)
    for number in (23, 24, 25, 26, 27):
        body = CSV + str(number).encode()
        site.serves(f"/v1/data-sets/set-{number}/csv", Answer(body, content_type="text/csv"))
    return row(
        kind="api",
        url=f"{site.url}/v1",
        page_url=f"https://explore-education-statistics.service.gov.uk/find-statistics/{SLUG}",
        link_pattern="^LA - Key Stage 4",
        file_name="key_stage_4_{release}.csv",
        expected_content_type="text/csv",
    )


def test_the_newest_data_set_is_fetched(api: Download, fetch: Fetch, folder: Path) -> None:
    """It stands on the second page, as does its publication; what is withdrawn is not taken."""
    assert files(fetch(api)) == {"key_stage_4_2025-26.csv": NEW}
    assert (folder / "key_stage_4_2025-26.csv").read_bytes() == CSV + b"25"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"totalPages": 2', '"totalPages": "2"', 'paging.totalPages is "2", expected int'),
        (
            '"totalResults": 21',
            '"totalResults": 22',
            "21 results on 2 pages, expected paging.totalResults, 22",
        ),
        ('"totalPages": 2', '"totalPages": true', "paging.totalPages is true, expected int"),
        ('"page": 1', '"page": 2', "paging.page is 2, expected 1"),
        ('"results"', '"items"', "results is null, expected list"),
        ('"slug"', '"path"', "slug is null, expected str"),
        ('"paging"', "paging", "the answer is not JSON"),
    ],
)
def test_an_answer_that_breaks_the_contract(
    site: Site, api: Download, fetch: Fetch, old: str, new: str, words: str
) -> None:
    """Is refused with the field that is not as documented."""
    body = site.answers[FIRST_PAGE][0].body.replace(old.encode(), new.encode())
    assert body != site.answers[FIRST_PAGE][0].body
    site.serves(FIRST_PAGE, Answer(body, content_type="application/json"))
    if "22" in new:
        second = FIRST_PAGE.replace("page=1", "page=2")
        changed = (
            site.answers[second][0]
            .body.replace(old.encode(), new.encode())
            .replace(f'"{SLUG}"'.encode(), b'"x"')
        )
        site.serves(second, Answer(changed, content_type="application/json"))
    (result,) = fetch(api)
    assert (result.what, words in result.said) == (REFUSED, True), result.said


def test_a_publication_or_data_set_that_is_not_there(
    site: Site, row: Row, api: Download, fetch: Fetch
) -> None:
    """The sentence lists what is."""
    listed(site, "/v1/publications", PUBLICATIONS[:20], search="outcomes for children")
    (result,) = fetch(api)
    assert f"no publication has the slug '{SLUG}'" in result.said
    listed(site, "/v1/publications", PUBLICATIONS, search="outcomes for children")
    listed(site, f"/v1/publications/publication-{SLUG}/data-sets", DATA_SETS[1:3])
    (result,) = fetch(api)
    assert "no published data set has a title like" in result.said
    assert "National - Key Stage 4 (KS4) - API; Other 0" in result.said
