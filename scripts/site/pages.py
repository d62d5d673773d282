"""The site: what it knows of the marts, and which pages it has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from scripts.site.council import MODULES, council_page
from scripts.site.data import Figures
from scripts.site.parts import Cell, Page, link
from scripts.site.words import number, rank_or_reason

Row = dict[str, Any]


class Site:
    """Rows of the marts by what the pages ask for, and the pages that will be there."""

    def __init__(self, figures: Figures, only: Sequence[str] = ()) -> None:
        """Read everything; with ``only``, councils of these slugs alone have pages."""
        self.figures = figures
        self.councils = [row for row in figures.rows("councils") if not only or row["slug"] in only]
        self.council = {row["gss_code"]: row for row in figures.rows("councils")}
        self.titles: dict[str, str] = {code: row["title"] for code, row in self.council.items()}
        self.shown = {row["gss_code"] for row in self.councils}
        self.editions = {row["edition"]: row for row in figures.rows("editions")}
        self.main_edition = next(row["edition"] for row in figures.rows("editions") if row["is_main"])
        self.lenses = figures.rows("lenses")
        self.standings = figures.by("standings", "edition", "gss_code")
        self.scatter = figures.by("scatter", "edition", "lens_id")
        self.views = figures.by("views", "edition", "gss_code")
        self.measures = figures.by("measures", "edition", "gss_code")
        self.decomposition = figures.by("decomposition", "edition", "gss_code")
        self.trend = figures.by("trend", "gss_code")
        self.change = figures.by("change", "edition", "gss_code")
        self.peers = figures.by("peers", "edition", "gss_code")
        self.notes = figures.by("notes", "gss_code", "measure_id", "edition")
        self.modules = {module: figures.by(module, "gss_code") for module in MODULES}
        self.grip = figures.by("grip", "gss_code")
        self.context = figures.by("context", "module_id", "gss_code")
        self.dtoc_months = figures.by("dtoc_months", "gss_code")
        self.dtoc_years = figures.by("dtoc_years", "gss_code")
        self.reasons = figures.by("dtoc_reasons", "gss_code")
        self.dtoc_tests = figures.by("dtoc_tests", "gss_code")
        self.measure_values = figures.by("measure_values", "measure_id")
        self.measure_editions = figures.by("measure_editions", "measure_id")
        self.downloads: dict[str, dict[str, Any]] = {}
        self.measure_pages = {
            row["measure_id"] for row in figures.rows("register") if row["status"] == "active"
        }
        self.lens_pages = {
            (lens["lens_id"], edition): lens for lens in self.lenses for edition in lens["editions"]
        }
        # The first page of a lens is that of the site's first edition, else its newest.
        self.lens_main = {
            lens["lens_id"]: self.main_edition
            if self.main_edition in lens["editions"]
            else lens["editions"][-1]
            for lens in self.lenses
        }

    def new_bases(self, editions: Sequence[str]) -> list[int]:
        """The places of the editions whose population base is another than that of the one before."""
        bases = [self.editions[edition]["population_base"] for edition in editions]
        return [at for at in range(1, len(bases)) if bases[at] != bases[at - 1]]

    def council_link(self, root: str, code: str, edition: str | None) -> Cell:
        """A link to a council's report, or its name where it has none here."""
        if code not in self.shown or code not in self.council:
            return self.titles.get(code, code)
        row = self.council[code]
        other = edition in row["editions"] and edition != row["main_edition"]
        return link(f"{root}councils/{row['slug']}{f'-{edition}' if other else ''}.html", row["title"])

    def lens_href(self, root: str, lens_id: str, edition: str | None = None) -> str:
        """The address of a lens page; of its first one where the edition is not scored."""
        lens = next(row for row in self.lenses if row["lens_id"] == lens_id)
        chosen = edition if edition in lens["editions"] else None
        if edition is not None and chosen is None:
            return ""
        tail = "" if chosen in (None, self.lens_main[lens_id]) else f"-{chosen}"
        return f"{root}lenses/{lens['slug']}{tail}.html"

    def measure_href(self, root: str, measure_id: str) -> str:
        """The address of a measure's page."""
        return f"{root}measures/{measure_id.replace('_', '-')}.html"


def council_pages(site: Site) -> Iterator[tuple[Any, ...]]:
    """A page for each council and edition, as what it takes to make it."""
    for council in site.councils:
        for edition in council["editions"]:
            yield council_page, (site, council, edition)


def plan(site: Site) -> list[tuple[Any, ...]]:
    """Every page of the site as a function and its arguments, so that they can be made side by side."""
    from scripts.site import national

    return [
        (national.home_page, (site,)),
        *((national.lens_page, (site, lens_id, edition)) for lens_id, edition in site.lens_pages),
        (national.lenses_page, (site,)),
        (national.measures_page, (site,)),
        *(
            (national.measure_page, (site, row))
            for row in site.figures.rows("register")
            if row["status"] == "active"
        ),
        *((national.module_page, (site, module)) for module in MODULES),
        (national.modules_page, (site,)),
        (national.transfers_page, (site, None)),
        *(
            (national.transfers_page, (site, council))
            for council in site.councils
            if any(row["delayed_days"] is not None for row in site.dtoc_months.get(council["gss_code"], ()))
        ),
        (national.compare_page, (site,)),
        (national.method_page, (site,)),
        (national.quality_page, (site,)),
        (national.downloads_page, (site,)),
        *council_pages(site),
    ]


def search_data(site: Site) -> str:
    """Names and addresses of the councils, as a script: a page in a folder may not read other files."""
    entries = [[row["title"], f"councils/{row['slug']}.html", row["region"]] for row in site.councils]
    return f"window.COUNCILS={json.dumps(entries, ensure_ascii=False, separators=(',', ':'))};\n"


def compare_data(site: Site) -> str:
    """Standing of every council by edition and lens, as a script for the page that compares."""
    editions: dict[str, dict[str, list[list[str]]]] = {}
    for council in site.councils:
        for edition in council["editions"]:
            rows = site.standings[(edition, council["gss_code"])]
            editions.setdefault(edition, {})[council["slug"]] = [
                [
                    rank_or_reason(row),
                    number(row["productivity_index"]),
                    number(row["outcome_score"]),
                    number(row["spend_index"], 2),
                ]
                for row in rows
            ]
    content = {
        "lenses": [row["lens_name"] for row in site.lenses],
        "titles": {row["slug"]: row["title"] for row in site.councils},
        "main": site.main_edition,
        "editions": dict(sorted(editions.items())),
    }
    return f"window.COMPARE={json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def made(step: tuple[Any, ...]) -> Page:
    """One page of the plan."""
    function, arguments = step
    page: Page = function(*arguments)
    return page
