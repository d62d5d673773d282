"""What a public site has beside its figures: dates, policy, news, feed, glossary, data set, site map."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from markupsafe import Markup
from test_pages import DATABASE

from scripts.site import __main__ as driver
from scripts.site import public
from scripts.site.parts import Column, Page, Section, Table, by_peers

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FACTS = public.Facts("0.1.0", dated=date(2026, 11, 29), edition="2024-25", figures_to=date(2025, 3, 31))


def pages_of(site: Path) -> dict[str, str]:
    """Every page of a site, those that lead on among them."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")
    }


def test_every_page_has_the_policy_and_nothing_that_it_forbids(small_site: Path) -> None:
    """The policy stands before anything is loaded; no script, style or handler is written in a page."""
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;self&#39;; '
    pages = pages_of(small_site)
    assert len(pages) > 200
    for name, html in pages.items():
        head = html.partition("<meta name=")[0]
        assert policy in head, f"{name} has no policy"
        assert "unsafe" not in head, name
        for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL):
            assert "src=" in attributes and not body.strip(), f"{name} has a script written in it"
        assert not re.search(r"<style\b|<[a-z][^<>]*\s(?:style|on[a-z]+)=|javascript:", html), name


def test_every_page_says_version_dates_and_how_far_the_figures_go(small_site: Path) -> None:
    """From the project, from what was taken in, from the marts: none is the day on which pages are made."""
    with (ROOT / "seeds" / "provenance" / "ingested_files.csv").open(encoding="utf-8", newline="") as file:
        day = date.fromisoformat(max(row["retrieved_on"] for row in csv.DictReader(file)))
    with duckdb.connect(str(DATABASE), read_only=True) as marts:
        [(edition, end)] = marts.execute(
            "select edition, end_date from marts.dim_edition where is_index_edition "
            "order by edition desc limit 1"
        ).fetchall()
    version = re.search(r'^version: "(.*)"', (ROOT / "dbt_project.yml").read_text(), re.MULTILINE)
    assert version
    said = (
        f'<p class="cite">Version {version[1]}, not released, of figures taken in up to '
        f"{day.day} {day:%B %Y}. "
        f"Figures to {end:%B %Y} ({edition}). Method version "
    )
    for name, html in pages_of(small_site).items():
        if 'data-kind="moved"' not in html and name != "404.html":
            assert said in html, name
            for page in ("news", "glossary", "about", "accessibility"):
                assert f'{page}.html"' in html.partition("<footer")[2], name


def test_a_release_says_its_own_version_and_date(tmp_path: Path) -> None:
    """Of a database that a release put in place, version and day are the release's; a build has none."""
    database = tmp_path / "warehouse" / "building" / "council_productivity.duckdb"
    database.parent.mkdir(parents=True)
    assert public.released(database) == ("", None)
    record = database.with_name("build.json")
    record.write_text(json.dumps({"variables": {}}))
    assert public.released(database) == ("", None)
    record.write_text(json.dumps({"release": "2026.1"}))
    folder = tmp_path / "releases" / "2026.1"
    folder.mkdir(parents=True)
    package = {"version": "2026.1", "created": "2026-11-30T10:00:00Z"}
    (folder / "datapackage.json").write_text(json.dumps(package))
    assert public.released(database) == ("2026.1", date(2026, 11, 30))
    (folder / "datapackage.json").write_text(json.dumps({"version": "2026.1"}))
    assert public.released(database) == ("2026.1", None)


def test_what_is_new_is_every_entry_of_the_list_of_changes(small_site: Path) -> None:
    """Page and feed have each version and each of its entries; a feed's identities are the same each time."""
    entries = re.findall(r"^- ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    html = (small_site / "news.html").read_text(encoding="utf-8")
    assert html.partition("<main")[2].count("<li>") == len(entries) + 1  # The crumb is one, too.
    feed = ElementTree.fromstring((small_site / "feed.xml").read_text(encoding="utf-8"))
    versions = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in versions] == [each.title for each in public.news()]
    assert sum((entry.findtext(f"{ATOM}content") or "").count("<li>") for entry in versions) == len(entries)
    for element in (feed, *versions):
        assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{ATOM}updated") or "")
    for entry in versions:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        place = link.get("href", "").partition("#")[2]
        assert f'id="{place}"' in html
    assert public.feed(FACTS) == public.feed(FACTS)


def test_markdown_becomes_text_code_and_links_that_lead_somewhere() -> None:
    """Links within the repository are their text: the site has no such page."""
    said = public.inline("`a<b` and **c** of [docs](docs/x.md), [web](https://example.org/?a=1&b=2) <i>")
    assert said == (
        "<code>a&lt;b</code> and <strong>c</strong> of docs, "
        '<a href="https://example.org/?a=1&amp;b=2">web</a> &lt;i&gt;'
    )


def test_a_word_leads_to_the_glossary_where_it_is_first_used() -> None:
    """Once a page, plurals too, the longer name first; text stays escaped, links stay as they are."""
    index, spend = (
        public.Term((name,), name.replace(" ", "-"), Markup("")) for name in ("draw", "spend index")
    )
    left = {"spend index": spend, "draw": index}
    told = public.linked("A <b> of Draws, the spend index and a draw", "../", left)
    assert told == (
        'A &lt;b&gt; of <a class="term" href="../glossary.html#draw">Draws</a>, the '
        '<a class="term" href="../glossary.html#spend-index">spend index</a> and a draw'
    )
    assert left == {}
    assert public.linked("the next draw", "", left) == "the next draw"
    assert public.linked(Markup('<a href="#">draw</a>'), "", {"draw": index}) == '<a href="#">draw</a>'
    assert public.linked("withdraw", "", {"draw": index}) == "withdraw"


def test_lenses_and_method_explain_their_words(small_site: Path) -> None:
    """Each of these pages has such links, none of them twice; every word of the glossary has its place."""
    glossary = (small_site / "glossary.html").read_text(encoding="utf-8")
    words = re.findall(
        r"^\| (?!---|Word )", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert glossary.count("<dt id=") == len(words) == len({term.id for term in public.glossary()}) > 30
    for path in (small_site / "method.html", *(small_site / "lenses").glob("*.html")):
        html = path.read_text(encoding="utf-8")
        found = re.findall(r'class="term" href="[./]*glossary\.html#([\w-]+)"', html)
        assert len(found) == len(set(found)), path.name
        assert found or 'data-kind="lens"' not in html, path.name
    assert "#goalposts" in (small_site / "method.html").read_text(encoding="utf-8")
    for folder, words_of in (
        ("councils", ("band", "outcome-score", "companion-ranking")),
        ("movers", ("band",)),
    ):
        for path in (small_site / folder).glob("*.html"):
            html = path.read_text(encoding="utf-8")
            if 'http-equiv="refresh"' not in html and path.name != "index.html":
                missing = [word for word in words_of if f'glossary.html#{word}"' not in html]
                assert not missing, f"{folder}/{path.name} leads to none of {missing}"


def test_the_data_set_names_every_download(small_site: Path) -> None:
    """Each file that it names is there, and each file that is there is named; downloads point to it."""
    told = json.loads((small_site / "dataset.jsonld").read_text(encoding="utf-8"))
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Dataset")
    assert {"name", "description", "license", "creator", "version", "dateModified"} <= set(told)
    named = {file["contentUrl"] for file in told["distribution"]}
    there = {f"downloads/{path.name}" for path in (small_site / "downloads").iterdir()}
    assert named == there - {"downloads/SHA256SUMS"}
    assert 'type="application/ld+json"' in (small_site / "downloads.html").read_text(encoding="utf-8")
    assert 'type="application/ld+json"' not in (small_site / "index.html").read_text(encoding="utf-8")


def rendered(template: str, path: str, base: str) -> str:
    """A page of some words as a site with that address has it."""
    facts = public.Facts("0.1.0", base=base)
    page = Page(path, "Words", [], [], "method", "Words.", template=template, has_csv=False)
    made = driver.environment(facts).get_template(template)
    return made.render(page=page, root=page.root, target="words.html")


def test_whole_addresses_only_where_the_sites_own_is_known(small_site: Path) -> None:
    """Canonical links, the map of the site and the way back from no page, or none of them."""
    base = "https://example.org/index/"
    own = f'<link rel="canonical" href="{base}lenses/words.html">'
    assert own in rendered("page.html", "lenses/words.html", base)
    assert own in rendered("moved.html", "lenses/words.html", base)
    assert f'<a href="{base}index.html">' in rendered("404.html", "404.html", base)
    assert "canonical" not in rendered("page.html", "lenses/words.html", "")
    # Wherever a host shows it, nothing on the page is looked for beside the address asked for.
    assert not re.search(r"(?:href|src)=", rendered("404.html", "404.html", ""))
    assert not (small_site / "sitemap.xml").exists()
    listed = ElementTree.fromstring(
        public.sitemap(public.Facts("0.1.0", dated=FACTS.dated, base=base), small_site)
    )
    places = [element.findtext(f"{MAP}loc") or "" for element in listed]
    assert {element.findtext(f"{MAP}lastmod") for element in listed} == {"2026-11-29"}
    shown = {
        base + name.removesuffix("index.html")
        for name, html in pages_of(small_site).items()
        if 'data-kind="moved"' not in html and name != "404.html"
    }
    assert len(places) == len(set(places))
    assert set(places) == shown


@pytest.mark.parametrize(
    "address", ["example.org", "https://", 'https://x/"><script>', "ftp://example.org", "https://a b"]
)
def test_an_address_that_is_none_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """With its name and what an address looks like; no site is written."""
    monkeypatch.setenv(public.SITE_URL, address)
    with pytest.raises(public.AddressError, match=public.SITE_URL):
        public.base_address()
    if DATABASE.exists() and address == "example.org":
        assert (
            driver.main(["--to", str(tmp_path / "site"), "--no-downloads", "--database", str(DATABASE)]) == 1
        )
        assert "begins with https://" in capsys.readouterr().out
        assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("address", ["https://example.org", "https://example.org/", "https://example.org//"])
def test_an_address_ends_with_one_slash(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is given."""
    monkeypatch.setenv(public.SITE_URL, address)
    assert public.base_address() == "https://example.org/"
    monkeypatch.delenv(public.SITE_URL)
    assert public.base_address() == ""


def test_the_checksums_of_the_downloads_are_theirs(small_site: Path, tmp_path: Path) -> None:
    """The documented command passes, also for some files alone, and names a file that was changed."""
    command = ["sha256sum", "-c", "--quiet", "--ignore-missing", "SHA256SUMS"]
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    there = small_site / "downloads"
    listed = {line.split("  ")[1] for line in (there / "SHA256SUMS").read_text().splitlines()}
    assert listed == {path.name for path in there.iterdir()} - {"SHA256SUMS"}
    for name in ("SHA256SUMS", "dim_edition.csv", "dim_edition.parquet"):
        shutil.copy(there / name, tmp_path)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    with (tmp_path / "dim_edition.csv").open("a") as file:
        file.write("\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "dim_edition.csv: FAILED" in done.stdout


def test_a_pages_csv_has_a_line_for_each_row_under_the_columns_of_all_tables() -> None:
    """Two tables of different columns: what one does not have is empty there, and no picture is written."""
    peers = by_peers("1,081", "\u2013", "\u22123.4")
    first = Table(
        "spend",
        "",
        [Column("line", "Line"), Column("picture", ""), Column("value", "Value"), Column("peers", "Peers")],
        [
            ("a", ["=A", Markup("<svg></svg>"), "1,081", peers], ""),
            ("b", ["B", "not held", "\u2013", "7"], ""),
        ],
    )
    second = Table(
        "rank", "", [Column("lens", "Lens"), Column("rank", "Rank")], [("c", ["C", "2nd of 9"], "")]
    )
    page = Page("a.html", "A", [], [Section("s", "", tables=[first, second])], "home", "")
    assert list(csv.reader(page.csv().splitlines())) == [
        ["part", "row", "value", "peers_ons", "peers_dfe", "peers_region", "picture", "peers", "rank"],
        ["spend", "'=A", "1081", "1081", "", "-3.4", "", "", ""],
        ["spend", "B", "", "", "", "", "not held", "7", ""],
        ["rank", "C", "", "", "", "", "", "", "2nd of 9"],
    ]


def test_a_site_is_weighed_by_folder_and_kind(tmp_path: Path) -> None:
    """Each file once, the heaviest kind first; what is light is in the sum only."""
    for name, size in (("index.html", 60_000), ("councils/a.html", 200_000), ("councils/a.csv", 40_000)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    assert driver.weighed(tmp_path) == {
        "editions": 0,
        "addresses_of_reports": 1,
        "files": 3,
        "megabytes": 0.3,
        "megabytes_by_kind": {"councils, html": 0.2, "other pages, html": 0.1},
    }
