"""List every template of a sentence that the site's pages generate, each with an example.

    python -m scripts.site.sentences

Pages of every kind are made from the published database. Their sentences are told apart by what is left when
names, editions and numbers are taken out; the first of each, in the order of the pages, is the example.
``make pages`` writes the list into ``docs/sentences.md``, below the line that begins it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from scripts.build import DATABASE
from scripts.site.__main__ import SOURCE, environment
from scripts.site.council import council_page
from scripts.site.data import Figures
from scripts.site.discharges import discharges_page
from scripts.site.measures import measure_page
from scripts.site.pages import Site
from scripts.site.plan import made, plan
from scripts.site.shared import ROOT
from scripts.site.transfers import transfers_page

PAGE = ROOT / "docs" / "sentences.md"
BEGINS = "<!-- sentences -->\n"
#: What stands for a name, an edition or a number; several in a row are one.
SLOT = "\u2026"
NUMBER = r"[+\u2212\u00a3]?\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?\b"
LISTED = re.compile(rf"{SLOT}(?:(?:, | and |; in |/){SLOT})+")
ENDS = re.compile(r"(?<=[.?!]) (?=[A-Z\u201c])")
#: Kinds of pages, in the order of the list; of a council's report the macros of its sentences are called.
#: What the page of a measure says is the register's, word by word, and is not here.
KINDS = {
    "council": "A council's report",
    "home": "The front page",
    "lens": "A lens",
    "movers": "Who rose and who fell",
    "better": "Better for less among peers",
    "module": "A module",
    "england": "England",
    "what-if": "What if",
    "transfers": "Delayed transfers and discharges",
    "method": "Method",
    "quality": "Data quality",
}


class Said(HTMLParser):
    """The texts of a page that are sentences: paragraphs, items, descriptions; not tables and menus."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self.found: list[str] = []
        self.text: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text, or a part that has none."""
        if tag in ("p", "li", "dd"):
            self.text = []
        if tag in ("table", "nav", "svg", "form", "footer", "header", "head"):
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        if self.within and tag == self.within[-1]:
            self.within.pop()
        elif tag in ("p", "li", "dd") and not self.within:
            self.found.append(" ".join("".join(self.text).split()))
            self.text = []

    def handle_data(self, data: str) -> None:
        """Keep a text that is part of a sentence."""
        if not self.within:
            self.text.append(data)


class Slots:
    """What is taken out of a sentence to see its template."""

    def __init__(self, site: Site) -> None:
        """Names of councils, rankings, measures, publications and units, the longer before the shorter."""
        rows = site.figures.rows("register")
        names = {*site.titles.values(), *(row["council_name"] for row in site.figures.rows("councils"))}
        names |= {row["ranking_name"] for row in site.lenses} | {row["ranking_name"] for row in rows}
        names |= {row[key] for row in rows for key in ("measure_name", "unit", "publication_name")}
        names |= {str(row["region"]) for row in site.councils}
        listed = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        self.names = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")

    def template(self, sentence: str) -> str:
        """The sentence with one sign for each name, edition, number or list of them."""
        bare = self.names.sub(SLOT, re.sub(r"\b\d{4}-\d\d\b", SLOT, sentence))
        return LISTED.sub(SLOT, re.sub(NUMBER, SLOT, bare))


def of_a_report(site: Site, templates: Environment) -> Iterator[str]:
    """The sentences of every council's report, by the macros that its template calls."""
    say: Any = templates.get_template("council_words.html").module
    for (edition, code), rows in site.profile.items():
        name = site.titles[code]
        [story] = site.story[(edition, code)]
        cards = [SimpleNamespace(row=row, last_ranked=row["last_ranked_edition"]) for row in rows]
        overall = next(card for card in cards if card.row["ranking_id"] == "overall")
        yield from (say.where(name, overall, story), say.quadrants(story), say.changed(overall.row, story))
        yield from (say.question(row, name) for row in site.questions[(edition, code)])
        yield say.halves(cards)
        yield from (say.moved(row) for row in site.moves[(edition, code)])
        yield from (say.reported(row) for row in site.reported[(edition, code)])
        for card in cards:
            if card.row["outcome_score"] is not None:
                yield f"Outcome: {say.outcome(card.row)}."
            if card.row["productivity_rank"] is not None:
                yield f"Change: {say.card_change(card.row)}."
            elif card.row["not_ranked_reason"]:
                yield say.not_ranked(card.row)


def chosen(site: Site) -> Iterator[tuple[Any, ...]]:
    """The pages that are made: all but those of councils and measures; of months England and a council."""
    seen: Counter[object] = Counter()
    for step in plan(site):
        seen[step[0]] += 1
        is_of_months = step[0] in (transfers_page, discharges_page)
        if step[0] not in (council_page, measure_page) and not (is_of_months and seen[step[0]] > 2):
            yield step


def of_pages(site: Site, templates: Environment) -> Iterator[tuple[str, str]]:
    """The kind and each text of the other pages."""
    for step in chosen(site):
        page = made(step)
        if page.kind in KINDS:
            said = Said()
            said.feed(templates.get_template(page.template).render(page=page, root=page.root, **page.values))
            yield from ((page.kind, text) for text in said.found)


def sentences(site: Site) -> list[tuple[str, str, str]]:
    """Kind of page, template and example of each sentence that has something to fill in."""
    slots, templates = Slots(site), environment()
    found: dict[tuple[str, str], str] = {}
    texts = [("council", " ".join(Markup(text).striptags().split())) for text in of_a_report(site, templates)]
    for kind, text in [*texts, *of_pages(site, templates)]:
        for sentence in ENDS.split(text):
            template = slots.template(sentence)
            if SLOT in template and re.search(r"[a-z]{2}", template) and sentence.endswith((".", "?", "!")):
                found.setdefault((kind, template), sentence)
    order = list(KINDS)
    return sorted(
        ((kind, template, example) for (kind, template), example in found.items()),
        key=lambda each: order.index(each[0]),
    )


def listed(found: list[tuple[str, str, str]]) -> str:
    """The list as Markdown: a heading for each kind of page, a template and its example a row."""
    lines = []
    for kind, group in groupby(found, key=lambda each: each[0]):
        lines += [
            "",
            f"## {KINDS[kind]}",
            "",
            "| Template | Example |",
            "| --- | --- |",
        ]
        lines += [f"| {one} | {two} |".replace("*", "\\*") for _, one, two in group]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the list; returns the process's exit status."""
    if not (ROOT / DATABASE).exists():
        print(f"{DATABASE} is not there: run make index first.")
        return 1
    figures = Figures(ROOT / DATABASE, SOURCE / "queries")
    found = sentences(Site(figures, ()))
    written(PAGE, listed(found))
    print(f"{len(found)} templates of sentences in {PAGE.relative_to(ROOT)}.")
    return 0


def written(page: Path, text: str) -> None:
    """Put the list below the line that begins it."""
    head = page.read_text(encoding="utf-8").partition(BEGINS)[0]
    page.write_text(head + BEGINS + text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
