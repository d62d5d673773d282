"""The pages of the modules: all of them, and one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.better import better_link
from scripts.site.movers import summary_section
from scripts.site.parts import About, Cell, Column, Figure, Page, Section, Table, link
from scripts.site.said import columns, linked, said
from scripts.site.shared import HOME, MODULES
from scripts.site.words import number, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.pages import Site


SAY = said("modules")


def modules_page(site: Site) -> Page:
    """The four modules."""
    facts: list[tuple[str, Cell]] = [
        (MODULES[slug.replace("-", "_")][0], linked(text, link(f"{slug}.html", SAY.fact_link)))
        for slug, text in SAY.facts.items()
    ]
    england, discharges = SAY.transfers_links
    transfers = linked(
        SAY.transfers_fact,
        link("../delayed-transfers/index.html", england),
        link("../delayed-discharges/index.html", discharges),
    )
    return Page(
        path="modules/index.html",
        title=SAY.all_title,
        lead=[SAY.all_lead],
        sections=[Section("modules", SAY.four, facts=[*facts, (SAY.transfers, transfers)])],
        kind="modules",
        description=SAY.all_described,
        crumbs=HOME,
        has_csv=False,
    )


def module_page(site: Site, module: str) -> Page:
    """A module over all councils, in its newest ranked edition."""
    title, unit, domains = MODULES[module]
    rows = [row for row in site.figures.rows(module) if row["productivity_rank"] is not None]
    edition = max(row["edition"] for row in rows)
    held = [row for row in site.figures.rows(module) if row["edition"] == edition]
    held.sort(key=lambda row: (row["productivity_rank"] or 10_000, site.titles[row["gss_code"]]))
    ranked = [row for row in held if row["productivity_rank"] is not None]
    table = Table(
        "ranking",
        SAY.ranking_caption(title, edition),
        [
            Column("council", SAY.council),
            Column("rank", SAY.rank),
            Column("picture", Markup('<span class="hide">{}</span>').format(SAY.picture)),
            Column("index", SAY.index, numeric=True),
            Column("outcome", SAY.outcome, numeric=True),
            *(Column(domain, words.words(domain).capitalize(), numeric=True) for domain in domains),
            Column("spend_index", SAY.spend_index, numeric=True),
            Column("per_head", SAY.per_head(unit), numeric=True),
        ],
        [
            (
                row["gss_code"],
                [
                    site.council_link("../", row["gss_code"], None),
                    rank_or_reason(row),
                    Markup(
                        charts.mini_range(
                            row["productivity_rank"], row["rank_p05"], row["rank_p95"], row["ranked_councils"]
                        )
                    )
                    if row["productivity_rank"]
                    else "",
                    number(row["productivity_index"]),
                    number(row["outcome_score"]),
                    *(number(row[f"{domain}_score"]) for domain in domains),
                    number(row["spend_index"], 2),
                    number(row["spend_per_head_gbp"], 0),
                ],
                "" if row["productivity_rank"] else "missing",
            )
            for row in held
        ],
        sortable=True,
    )
    svg = charts.scatter(
        SAY.scatter_named(title, edition),
        SAY.scatter_told,
        [(row["spend_index"], row["outcome_score"]) for row in ranked],
        None,
        codes=[row["gss_code"] for row in ranked],
    )
    figure = Figure(
        Markup(svg), f"{title}, {edition}", None, SAY.scatter_legend, link("#ranking", SAY.scatter_link)
    )
    sections = [
        Section("spend-and-outcome", SAY.scatter_title, figures=[figure]),
        Section("ranking", SAY.ranking_title, tables=[table]),
        *summary_section(site, module, edition),
        *better_link(site, module),
    ]
    if module == "adult_social_care":
        sections.append(three_years(site))
    context = [
        row
        for row in site.figures.rows("register")
        if row["ranking_id"] == module and row["status"] == "active"
    ]
    sections += [
        Section(
            "measures",
            SAY.measures_title,
            items=[link(site.measure_href("../", row["measure_id"]), row["measure_name"]) for row in context],
        ),
        Section("read-with-care", SAY.care_title, items=SAY.care[module]),
    ]
    return Page(
        path=f"modules/{module.replace('_', '-')}.html",
        title=title,
        lead=[SAY.lead(edition)],
        sections=sections,
        kind="module",
        about=About(edition=edition),
        description=SAY.described(title),
        crumbs=[*HOME, ("index.html", SAY.all_title)],
    )


def three_years(site: Site) -> Section:
    """The councils with a better outcome than the mean for less money, over three years."""
    better = site.figures.rows("better_for_less")
    newest = max(row["edition"] for row in better)
    rows = [
        (
            row["gss_code"],
            [
                site.council_link("../", row["gss_code"], None),
                SAY.better_editions(row["editions_better_for_less"]),
                number(row["outcome_score"]),
                number(row["average_outcome_score"]),
                number(row["spend_per_adult_gbp"], 0),
                number(row["average_spend_per_adult_gbp"], 0),
            ],
            "",
        )
        for row in better
        if row["edition"] == newest
    ]
    table = Table("better-for-less", SAY.better_caption(newest), columns(SAY.better), rows, sortable=True)
    return Section("better-for-less", SAY.better_title, tables=[table])
