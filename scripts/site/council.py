"""The report of a council in one edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import words
from scripts.site.council_modules import context_table, grip_table, module_panel, transfers_panel
from scripts.site.council_standing import (
    explanation_section,
    measures_section,
    scatter_section,
    spend_section,
    standing_section,
    views_section,
)
from scripts.site.council_years import change_section, peers_section, trend_section
from scripts.site.parts import Cell, Page, Section
from scripts.site.shared import MODULES

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


def caveats(rankings: Sequence[Row]) -> list[str]:
    """What to mind about the lenses, each sentence once, after the names of those that it is about."""
    about: dict[str, list[str]] = {}
    for row in rankings:
        for sentence in re.split(r"(?<=\.) (?=[A-Z])", row["caveat"]):
            about.setdefault(sentence, []).append(row["ranking_name"])
    return [f"{words.joined(names)}: {sentence}" for sentence, names in about.items()]


def council_page(site: Site, council: Row, edition: str) -> Page:
    """The report of one council in one edition; the first one also has the years and the modules."""
    code, name = council["gss_code"], council["title"]
    is_main = edition == council["main_edition"]
    rows = site.standings[(edition, code)]
    lenses = [row for row in rows if row["ranking_id"] != "overall"]
    measures = site.measures[(edition, code)]
    parts = site.decomposition[(edition, code)]
    changes = site.change[(edition, code)]
    overall_change = next((row for row in changes if row["ranking_id"] == "overall"), None)
    says: list[Cell] = [words.overall_sentence(name, rows[0]), *words.half_sentences(lenses)]
    if overall_change:
        says.append(words.change_sentence(overall_change, edition))
        says += words.one_population(overall_change)
    says += site.not_scored(edition, lambda ranking_id, last: site.report_link(council, last))
    sections = [
        Section(
            "says",
            "What the figures say",
            items=says,
        ),
        Section(
            "ask",
            "What to ask next",
            items=words.questions(name, lenses, parts, measures),
        ),
        standing_section(name, rows, site),
        views_section(name, edition, site.views[(edition, code)]),
        scatter_section(name, code, edition, rows, site),
        change_section(name, edition, changes, site.editions[edition]["no_change_reason"]),
    ]
    if is_main:
        sections.append(trend_section(name, site.trend[code], site))
    sections += [
        measures_section(name, edition, measures, site),
        spend_section(name, edition, site.spend_lines[(edition, code)]),
        explanation_section(name, edition, parts),
        peers_section(name, edition, site.peers.get((edition, code), []), site),
    ]
    if is_main:
        panels = []
        for module in MODULES:
            extra = (
                [grip_table(name, site.grip[code])]
                if module == "adult_social_care" and site.grip[code]
                else []
            )
            context = context_table(module, MODULES[module][0], name, site.context[(module, code)])
            panels.append(
                module_panel(
                    module, name, site.modules[module][code], site, [*extra, *([context] if context else [])]
                )
            )
        panels.append(transfers_panel(name, code, council["slug"], site))
        sections += [panel for panel in panels if panel]
    sections.append(
        Section(
            "read-with-care",
            "Read with care",
            items=[
                "Everything here is association, not cause; spend is not only the council's choice.",
                *caveats([row for row in site.lenses if row["ranking_id"] != "overall"]),
                "A rank is a question to ask, not an answer.",
            ],
        )
    )
    ended = council["successor_gss_codes"]
    lead: list[Markup | str] = [f"{council['council_type_name']}, {council['region']}. Edition {edition}."]
    if ended:
        followers = [site.council_link("../", follower, None) for follower in ended.split()]
        lead.append(
            Markup("The council ended; its place was taken by {}.").format(Markup(" and ").join(followers))
        )
    if not council["is_rankable"]:
        lead.append(f"This council is never ranked: {council['never_ranked_reason']}.")
    editions = [
        (
            other,
            f"{council['slug']}{'' if other == council['main_edition'] else '-' + other}.html",
            other == edition,
        )
        for other in council["editions"]
    ]
    dated = f"councils/{council['slug']}-{edition}.html"
    return Page(
        path=f"councils/{council['slug']}.html" if is_main else dated,
        also_at=[dated] if is_main else [],
        title=name if is_main else f"{name}, {edition}",
        lead=lead,
        sections=sections,
        kind="council",
        description=f"{name} in the council productivity index, edition {edition}: standing as a range, "
        "measures, peers.",
        crumbs=[("../index.html", "Home"), ("../index.html#councils", "Councils")],
        editions=editions,
        values={"compare": council["slug"], "report": True},
    )
