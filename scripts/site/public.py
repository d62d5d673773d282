"""What a public site has beside its figures: dates, news, a feed, a glossary, about, a map of the site."""

from __future__ import annotations

import csv
import json
import os
import re
import uuid
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as xml

import yaml
from markupsafe import Markup, escape

from scripts.site.data import Figures
from scripts.site.parts import Cell, Page
from scripts.site.said import said
from scripts.site.shared import ROOT, TO_HOME

if TYPE_CHECKING:
    from scripts.site.pages import Site

SITE_URL = "COUNCIL_PRODUCTIVITY_SITE_URL"
CONTACT = "COUNCIL_PRODUCTIVITY_CONTACT"
SAY = said("public")
# Only files of the site itself, no script and no style within a page. A chart to be saved is drawn from data.
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; object-src 'none'"
# Words of the glossary that pages also use in their everyday sense.
EVERYDAY = {"activity", "basis", "break", "caveat", "council", "coverage", "overall", "ranking", "register"}
EVERYDAY |= {"series", "domain"}
EXPLAINED = ("lens", "method")


class AddressError(Exception):
    """An address of the site that is none."""


@dataclass(frozen=True)
class Facts:
    """What every page says of itself: release, dates, how far the figures go, addresses."""

    version: str
    is_released: bool = False
    dated: date | None = None
    edition: str = ""
    figures_to: date | None = None
    base: str = ""
    contact: str = ""

    @property
    def day(self) -> str:
        """The day of the release or, before one, the newest on which a publication was taken in."""
        return f"{self.dated.day} {self.dated:%B %Y}" if self.dated else ""


def base_address() -> str:
    """The address that the site will have, with a slash at its end; empty where none is given."""
    told = os.environ.get(SITE_URL, "").strip()
    if told and not re.fullmatch(r"https?://[^\s\"'<>?#]+", told):
        raise AddressError(f"{SITE_URL} is {told!r}: an address begins with https:// and has no blank.")
    return told and told.rstrip("/") + "/"


def project_version() -> str:
    """The version that the project's file names."""
    told = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    return str(told["version"])


def newest_day_taken() -> date | None:
    """The newest day on which a file of a publication was taken in."""
    path = ROOT / "seeds" / "provenance" / "ingested_files.csv"
    with path.open(encoding="utf-8", newline="") as file:
        days = [row["retrieved_on"] for row in csv.DictReader(file) if row["retrieved_on"]]
    return date.fromisoformat(max(days)) if days else None


def released(database: Path) -> tuple[str, date | None]:
    """Version and day of the release that a database is of; empty where it is of a build."""
    record = database.parent / "build.json"
    if not record.exists():
        return "", None
    name = json.loads(record.read_text(encoding="utf-8")).get("release", "")
    for folder in database.resolve().parents:
        package = folder / "releases" / str(name) / "datapackage.json"
        if name and package.exists():
            told = json.loads(package.read_text(encoding="utf-8"))
            created = str(told.get("created", ""))[:10]
            return str(told["version"]), date.fromisoformat(created) if created else None
    return str(name), None


def facts_of(database: Path, figures: Figures) -> Facts:
    """What the pages of a database say of themselves; nothing in it is of the day on which they are made."""
    newest = next(row for row in figures.rows("editions") if row["is_newest"])
    version, day = released(database)
    return Facts(
        version=version or project_version(),
        is_released=bool(version),
        dated=day if version else newest_day_taken(),
        edition=newest["edition"],
        figures_to=newest["end_date"],
        base=base_address(),
        contact=os.environ.get(CONTACT, "").strip(),
    )


def inline(text: str) -> Markup:
    """Markdown within a line: code, bold, links to the web; other links are their text."""
    parts = re.split(r"(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))", text)
    made = []
    for part in parts:
        if part.startswith("`"):
            made.append(Markup("<code>{}</code>").format(part[1:-1]))
        elif part.startswith("**"):
            made.append(Markup("<strong>{}</strong>").format(part[2:-2]))
        elif found := re.fullmatch(r"\[([^\]]+)\]\(([^)]+)\)", part):
            outside = found[2].startswith("https://")
            made.append(
                Markup('<a href="{}">{}</a>').format(found[2], found[1]) if outside else escape(found[1])
            )
        else:
            made.append(escape(part))
    return Markup("").join(made)


@dataclass(frozen=True)
class News:
    """A version of the project and what is different in it, by kind."""

    title: str
    id: str
    about: list[Markup]
    kinds: list[tuple[str, list[Markup]]]


def news() -> list[News]:
    """The versions of CHANGELOG.md, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, rest = part.partition("\n")
        title = heading.replace("[", "").replace("]", "").strip()
        about, *kinds = re.split(r"^### ", rest, flags=re.MULTILINE)
        listed = []
        for kind in kinds:
            name, _, body = kind.partition("\n")
            entries = re.split(r"^- ", body, flags=re.MULTILINE)[1:]
            listed.append((name.strip(), [inline(" ".join(entry.split())) for entry in entries]))
        paragraphs = [inline(" ".join(each.split())) for each in about.split("\n\n") if each.strip()]
        slug = "v-" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        found.append(News(title, slug, paragraphs, listed))
    return found


@dataclass(frozen=True)
class Term:
    """A word of the glossary: its names, the place on its page, what it means."""

    names: tuple[str, ...]
    id: str
    meaning: Markup


@cache
def glossary() -> tuple[Term, ...]:
    """The words of docs/glossary.md."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!---|Word \|)(.+?) \| (.+) \|$", text, re.MULTILINE)
    return tuple(
        Term(tuple(words.split(", ")), re.sub(r"[^a-z0-9]+", "-", words.split(", ")[0].lower()), inline(said))
        for words, said in rows
    )


def linked(text: Cell, root: str, left: dict[str, Term]) -> Cell:
    """A text with a link at the first use of each word of the glossary that is left, which it takes away."""
    if isinstance(text, Markup):
        return text
    pieces: list[Cell] = [text]
    for name, term in list(left.items()):
        if name not in left:
            continue
        pattern = re.compile(rf"\b{re.escape(name)}(?:s|es)?\b", re.IGNORECASE)
        for at, piece in enumerate(pieces):
            if not isinstance(piece, Markup) and (found := pattern.search(piece)):
                word = Markup('<a class="term" href="{}glossary.html#{}">{}</a>')
                pieces[at : at + 1] = [
                    piece[: found.start()],
                    word.format(root, term.id, found[0]),
                    piece[found.end() :],
                ]
                for other in [key for key, held in left.items() if held is term]:
                    del left[other]
                break
    return text if len(pieces) == 1 else Markup("").join(pieces)


def explained(page: Page) -> Page:
    """A lens or method page with each term explained where it is first used."""
    if page.kind not in EXPLAINED:
        return page
    # Longer names first: a spend index is not an index of spend.
    names = [(name.lower(), term) for term in glossary() for name in term.names]
    left = {
        name: term for name, term in sorted(names, key=lambda pair: -len(pair[0])) if name not in EVERYDAY
    }
    lead = [linked(text, page.root, left) for text in page.lead]
    sections = []
    for section in page.sections:
        sections.append(
            replace(
                section,
                paragraphs=[linked(text, page.root, left) for text in section.paragraphs],
                items=[linked(text, page.root, left) for text in section.items],
            )
        )
    return replace(page, lead=lead, sections=sections)


def plain_page(path: str, **values: object) -> Page:
    """A page whose words are all in its template, which is called as the page is."""
    title, description = SAY.pages[path]
    return Page(
        path=path,
        title=title,
        lead=[],
        sections=[],
        kind=path.removesuffix(".html"),
        description=description,
        crumbs=TO_HOME,
        template=path,
        values=dict(values),
        has_csv=False,
    )


def news_page(site: Site) -> Page:
    """What is new, from the list of changes."""
    return plain_page("news.html", news=news())


def glossary_page(site: Site) -> Page:
    """The words of the index."""
    return plain_page("glossary.html", terms=glossary())


def about_page(site: Site) -> Page:
    """Who makes it, how to reach them, and under which licences it can be used."""
    return plain_page("about.html")


def accessibility_page(site: Site) -> Page:
    """What works for whom, and what does not."""
    return plain_page("accessibility.html")


def not_found_page(site: Site) -> Page:
    """What a host shows for an address that leads nowhere, at whatever depth."""
    return plain_page("404.html")


def feed(facts: Facts) -> str:
    """What is new as an Atom feed; addresses are whole only where the site's own is known."""
    day = f"{facts.dated}T00:00:00Z" if facts.dated else "1970-01-01T00:00:00Z"
    entries = []
    for version in news():
        html = "".join(f"<p>{text}</p>" for text in version.about)
        for kind, items in version.kinds:
            html += f"<h2>{escape(kind)}</h2><ul>{''.join(f'<li>{text}</li>' for text in items)}</ul>"
        told = re.search(r"\d{4}-\d\d-\d\d", version.title)
        entries.append(
            f"<entry><title>{xml(version.title)}</title><id>{identity(version.id)}</id>"
            f'<link href="{facts.base}news.html#{version.id}"/>'
            f"<updated>{f'{told[0]}T00:00:00Z' if told else day}</updated>"
            f'<content type="html">{xml(html)}</content></entry>'
        )
    own = f'<link rel="self" href="{facts.base}feed.xml"/>' if facts.base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">'
        f"<title>{xml(SAY.feed)}</title><id>{identity('feed')}</id><updated>{day}</updated>"
        f"<author><name>{xml(SAY.makers)}</name></author>{own}"
        f'<link href="{facts.base}news.html"/>\n' + "\n".join(entries) + "\n</feed>\n"
    )


def identity(name: str) -> str:
    """An identity that is the same whenever and wherever the feed is made."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'council-productivity-index/{name}')}"


def dataset(facts: Facts, downloads: dict[str, dict[str, object]]) -> str:
    """The downloads as a data set in schema.org's words."""
    kinds = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
    files = [str(name) for held in downloads.values() for name in _listed(held["files"])]
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": SAY.name,
        "description": SAY.described,
        "license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "version": facts.version,
        "isAccessibleForFree": True,
        "spatialCoverage": SAY.area,
        "temporalCoverage": f"2015-04-01/{facts.figures_to}",
        "creator": {"@type": "Organization", "name": SAY.makers},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": f"{facts.base}downloads/{name}",
                "encodingFormat": kinds[name.rsplit(".", 1)[1]],
            }
            for name in files
        ],
    }
    if facts.dated:
        told["dateModified"] = str(facts.dated)
    if facts.base:
        told["url"] = f"{facts.base}downloads.html"
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _listed(files: object) -> list[object]:
    """The names of a table's files."""
    return list(files) if isinstance(files, list) else []


def sitemap(facts: Facts, folder: Path) -> str:
    """Every page but those that lead on and the one for addresses that lead nowhere."""
    lines = []
    for path in sorted(folder.rglob("*.html")):
        with path.open(encoding="utf-8") as file:
            leads_on = 'http-equiv="refresh"' in file.read(1_500)
        if not leads_on and path.name != "404.html":
            address = path.relative_to(folder).as_posix().removesuffix("index.html")
            day = f"<lastmod>{facts.dated}</lastmod>" if facts.dated else ""
            lines.append(f"<url><loc>{xml(facts.base + address)}</loc>{day}</url>")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "\n".join(lines) + "\n</urlset>\n"
    )


def write_files(facts: Facts, folder: Path, downloads: dict[str, dict[str, object]]) -> None:
    """The files for machines beside the rendered pages; a map of the site only where its address is known."""
    (folder / "feed.xml").write_text(feed(facts), encoding="utf-8")
    (folder / "dataset.jsonld").write_text(dataset(facts, downloads), encoding="utf-8")
    for name in ("LICENSE", "LICENSE-DATA.md"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    if facts.base:
        (folder / "sitemap.xml").write_text(sitemap(facts, folder), encoding="utf-8")
