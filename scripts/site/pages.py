"""The site: what it knows of the marts, and which pages link to which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scripts.site import words
from scripts.site.data import Figures, Row
from scripts.site.parts import Cell, link
from scripts.site.shared import MODULES


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
        self.headline = next((at for at, row in self.editions.items() if row["is_headline"]), None)
        # Without an overall ranking there is no headline: lists of every lens then show the newest edition.
        self.shown_edition = self.headline or next(
            at for at, row in self.editions.items() if row["is_newest"]
        )
        self.lenses = figures.rows("lenses")
        self.standings = figures.by("standings", "edition", "gss_code")
        self.scatter = figures.by("scatter", "edition", "ranking_id")
        self.views = figures.by("views", "edition", "gss_code")
        self.measures = figures.by("measures", "edition", "gss_code")
        self.spend_lines = figures.by("spend_lines", "edition", "gss_code")
        self.decomposition = figures.by("decomposition", "edition", "gss_code")
        self.trend = figures.by("trend", "gss_code")
        self.change = figures.by("change", "edition", "gss_code")
        self.waterfall = figures.by("waterfall", "edition", "gss_code")
        self.profile = figures.by("profile", "page_edition", "gss_code")
        self.spine = figures.by("spine", "edition", "gss_code")
        self.story = figures.by("story", "edition", "gss_code")
        self.questions = figures.by("questions", "edition", "gss_code")
        self.for_less = figures.by("neighbours_for_less", "edition", "gss_code")
        self.moves = figures.by("moves", "edition", "gss_code")
        self.reported = figures.by("reported", "edition", "gss_code")
        self.peers = figures.by("peers", "edition", "gss_code")
        self.notes = figures.by("notes", "gss_code", "measure_id", "edition")
        self.modules = {module: figures.by(module, "gss_code") for module in MODULES}
        self.grip = figures.by("grip", "gss_code")
        self.context = figures.by("context", "module_id", "gss_code")
        self.dtoc_months = figures.by("dtoc_months", "gss_code")
        self.dtoc_years = figures.by("dtoc_years", "gss_code")
        self.discharge_months = figures.by("discharge_months", "gss_code")
        self.reasons = figures.by("dtoc_reasons", "gss_code")
        self.dtoc_tests = figures.by("dtoc_tests", "gss_code")
        self.places = {row["gss_code"]: row for row in figures.rows("hexes")}
        self.measure_values = figures.by("measure_values", "measure_id", "edition")
        self.measure_editions = figures.by("measure_editions", "measure_id")
        self.evidence = figures.by("evidence", "measure_id")
        self.measure_sources = figures.by("measure_sources", "measure_id", "edition")
        self.downloads: dict[str, dict[str, Any]] = {}
        # Rows of the register of each measure that counts, one for each lens or module in which it does.
        self.measure_uses: dict[str, list[Row]] = {}
        for row in figures.rows("register"):
            if row["status"] == "active":
                self.measure_uses.setdefault(row["measure_id"], []).append(row)
        self.lens_pages = {
            (lens["ranking_id"], edition): lens for lens in self.lenses for edition in lens["editions"]
        }
        self.lens_main = {lens["ranking_id"]: lens["first_edition"] for lens in self.lenses}
        self.coverage = figures.by("coverage", "edition")
        self.movers = figures.by("movers", "edition", "ranking_id")
        self.no_change = {(row["edition"], row["ranking_id"]): row for row in figures.rows("no_change")}
        self.better = figures.by("better_peers", "ranking_id")

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

    def report_link(self, council: Row, edition: str) -> Cell:
        """An edition as a link to a council's own report of it, if it has one."""
        if edition not in council["editions"]:
            return edition
        tail = "" if edition == council["main_edition"] else f"-{edition}"
        return link(f"{council['slug']}{tail}.html", edition)

    def lens_href(self, root: str, ranking_id: str, edition: str | None = None) -> str:
        """The address of a lens page, its first one where no edition is named; empty where there is none."""
        lens = next(row for row in self.lenses if row["ranking_id"] == ranking_id)
        chosen = edition or self.lens_main[ranking_id]
        if chosen not in lens["editions"]:
            return ""
        tail = "" if chosen == self.lens_main[ranking_id] else f"-{chosen}"
        return f"{root}lenses/{lens['slug']}{tail}.html"

    def not_scored(self, edition: str, linked: Callable[[str, str], Cell]) -> list[Cell]:
        """A sentence for each lens that an edition does not score, with a link to its last ranking."""
        return [
            words.not_scored_sentence(row, last and linked(row["ranking_id"], last))
            for row in self.coverage[edition]
            if not row["is_scored"]
            for last in [self.lens_main[row["ranking_id"]]]
        ]

    def not_ranked_since(self, ranking_id: str, edition: str) -> list[Row]:
        """What is known of a lens in the editions after the one in which councils were last ranked in it."""
        return [
            row
            for at, rows in self.coverage.items()
            for row in rows
            if at > edition and row["ranking_id"] == ranking_id
        ]

    def measure_pages(self, measure_id: str) -> list[str]:
        """The editions in which a measure that counts has values, newest first: each has a page."""
        return [row["edition"] for row in self.measure_editions[measure_id][::-1] if row["councils_held"]]

    def measure_href_of(self, root: str, measure_id: str, edition: str) -> str:
        """The address of a measure's page of an edition; of the newest one where that edition has none."""
        held = edition in self.measure_pages(measure_id)
        return self.measure_href(root, measure_id, edition if held else None)

    def measure_href(self, root: str, measure_id: str, edition: str | None = None) -> str:
        """The address of a measure's page, the newest one where no edition is named."""
        tail = f"-{edition}" if edition and edition != self.measure_pages(measure_id)[0] else ""
        return f"{root}measures/{measure_id.replace('_', '-')}{tail}.html"
