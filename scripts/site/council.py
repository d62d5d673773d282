"""The report of a council in one edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scripts.site import words
from scripts.site.better import better_links
from scripts.site.council_modules import context_table, grip_table, module_panel, transfers_panel
from scripts.site.council_standing import (
    explanation_section,
    measures_section,
    scatter_links,
    scatter_section,
    sources_of_measures,
    spend_section,
    standing_section,
    views_section,
)
from scripts.site.council_years import change_section, peers_section, trend_section
from scripts.site.parts import About, Cell, Page, Section, link
from scripts.site.profile import (
    certainty_section,
    for_less_section,
    missing_section,
    moves_section,
    profile_of,
)
from scripts.site.said import said
from scripts.site.shared import HOME, MODULES
from scripts.site.what_if import what_if_link

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("council")


def caveats(rankings: Sequence[Row]) -> list[str]:
    """What to mind about the lenses, each sentence once, after the names of those that it is about."""
    about: dict[str, list[str]] = {}
    for row in rankings:
        for sentence in re.split(r"(?<=\.) (?=[A-Z])", row["caveat"]):
            about.setdefault(sentence, []).append(row["ranking_name"])
    return [SAY.caveat(words.joined(names), sentence) for sentence, names in about.items()]


def module_panels(site: Site, council: Row) -> list[Section]:
    """The modules, each in one panel, and delayed transfers."""
    code, name = council["gss_code"], council["title"]
    panels = []
    for module in MODULES:
        extra = (
            [grip_table(name, site.grip[code])] if module == "adult_social_care" and site.grip[code] else []
        )
        context = context_table(module, MODULES[module][0], name, site.context[(module, code)])
        panels.append(
            module_panel(
                module, name, site.modules[module][code], site, [*extra, *([context] if context else [])]
            )
        )
    panels.append(transfers_panel(name, code, council["slug"], site))
    return [panel for panel in panels if panel]


def parts_of(site: Site, council: Row, edition: str) -> list[tuple[str, list[Section]]]:
    """The folded parts of a report in the order of the questions that people ask."""
    code, name = council["gss_code"], council["title"]
    key = (edition, code)
    rows, cards, measures = site.standings[key], site.profile[key], site.measures[key]
    ranked_in = [row["ranking_id"] for row in rows if row["productivity_rank"] is not None]
    no_change = [row for at, row in site.no_change.items() if at[0] == edition and at[1] in ranked_in]
    care = [
        *SAY.care_first,
        *caveats([row for row in site.lenses if row["ranking_id"] != "overall"]),
        *SAY.care_last,
    ]
    is_main = edition == council["main_edition"]
    # An older edition's report is lean: what other pages of that edition or the downloads have it links to.
    is_lean = not is_main
    where = [standing_section(name, rows, site)]
    why = [explanation_section(name, edition, site.decomposition[key], is_lean)]
    changed = [change_section(name, edition, site.change[key], no_change, site.waterfall[key], is_lean)]
    less = [for_less_section(name, code, cards, site)]
    move = [moves_section(name, edition, measures)]
    if is_lean:
        where.append(scatter_links(council["slug"], edition, rows, site))
    else:
        where.append(scatter_section(name, code, edition, rows, site))
        why.append(spend_section(name, edition, site.spend_lines[key]))
        changed.append(trend_section(name, site.trend[code], site))
        less.append(peers_section(name, edition, site.peers.get(key, []), site))
        move.append(measures_section(name, edition, measures, site))
    parts = [
        ("where", where),
        ("sure", [certainty_section(name, cards), views_section(name, edition, site.views[key])]),
        ("why", why),
        ("changed", changed),
        ("less", less),
        ("move", move),
        (
            "gaps",
            [
                missing_section(name, edition, measures),
                Section("read-with-care", "", items=care),
            ],
        ),
    ]
    if is_main:
        parts.append(("modules", module_panels(site, council)))
    return [(part, sections) for part, sections in parts if sections]


def nearest(site: Site, council: Row, edition: str) -> Cell:
    """A link to a council beside its nearest neighbours in an edition, where it has any."""
    peers = [row for row in site.peers.get((edition, council["gss_code"]), ()) if row["peer_set"] == "ons"]
    slugs = [council["slug"], *(site.council[row["peer_gss_code"]]["slug"] for row in peers)]
    href = f"../compare.html#councils={','.join(slugs)}&edition={edition}"
    return link(href, SAY.side_by_side) if peers else ""


def council_page(site: Site, council: Row, edition: str) -> Page:
    """The report of one council in one edition; the first one also has the years and the modules."""
    code, name = council["gss_code"], council["title"]
    is_main = edition == council["main_edition"]
    profile = profile_of(site, council, edition)
    parts = parts_of(site, council, edition)
    followers: list[Cell] = [
        site.council_link("../", follower, None)
        for follower in (council["successor_gss_codes"] or "").split()
    ]
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
        lead=[],
        sections=[profile.only_here, *(section for _, sections in parts for section in sections)],
        kind="council",
        template="council.html",
        about=About(code, edition),
        description=SAY.described(name, edition),
        crumbs=[*HOME, ("../index.html#councils", SAY.councils)],
        editions=editions,
        values={
            "better": better_links(site, code),
            "compare": council["slug"],
            "peers": nearest(site, council, edition),
            "council": council,
            "edition": edition,
            "figures_to": site.editions[edition]["end_date"],
            "followers": followers,
            "is_main": is_main,
            "moves": site.moves[(edition, code)],
            "not_scored": site.not_scored(edition, lambda _, last: site.report_link(council, last)),
            "parts_of_report": parts,
            "profile": profile,
            "report": True,
            "reported": site.reported[(edition, code)],
            "sources_of_measures": "" if is_main else sources_of_measures(),
            "standing": site.standings[(edition, code)],
            "what_if": what_if_link(site, edition, code),
        },
    )
