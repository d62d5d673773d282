"""The pages of the modules: all of them, and one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Column, Figure, Page, Section, Table, link
from scripts.site.shared import HOME, MODULES
from scripts.site.words import number, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.pages import Site


CARE = {
    "adult_social_care": [
        "The producer of the figures says that they \u201ccannot be used to make judgements about how "
        "effective local "
        "authorities are\u201d.",
        "Outcome decides more than spend here. A year alone is noisy.",
    ],
    "childrens_services": [
        "Spend follows the number of children who need help, which the council does not choose alone.",
        "Protection, referral and youth justice rest on one measure each.",
    ],
    "valuing_care": [
        "A year of spend stands over the children of one day: a council that keeps children out of care "
        "has fewer children "
        "with greater needs, and looks dear.",
        "Some councils have few children in care: a handful moves every share.",
    ],
}


def modules_page(site: Site) -> Page:
    """The four modules."""
    return Page(
        path="modules/index.html",
        title="Modules",
        lead=["Four modules go deeper than the lenses, with editions and money of their own."],
        sections=[
            Section(
                "modules",
                "The four",
                facts=[
                    (
                        "Adult social care",
                        Markup(
                            "Outcomes for spend on adult social care, over one year and three, and "
                            "budget against outturn: {}"
                        ).format(link("adult-social-care.html", "see the councils")),
                    ),
                    (
                        "Children's services",
                        Markup(
                            "The journey from referral to leaving care, and what is spent on it: {}"
                        ).format(link("childrens-services.html", "see the councils")),
                    ),
                    (
                        "Valuing Care",
                        Markup("What children in care gain for what is spent on each of them: {}").format(
                            link("valuing-care.html", "see the councils")
                        ),
                    ),
                    (
                        "Delayed transfers",
                        Markup("Who waits in hospital though ready to leave, and why, in charts: {}").format(
                            link("../delayed-transfers/index.html", "see England and the councils")
                        )
                        + Markup(
                            "; since April 2024, counted anew, who left on the day they were ready: {}"
                        ).format(link("../delayed-discharges/index.html", "delayed discharges")),
                    ),
                ],
            )
        ],
        kind="modules",
        description="The four modules of the council productivity index.",
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
        f"{title}, {edition}: every council with its range",
        [
            Column("council", "Council"),
            Column("rank", "Rank, and where it likely lies"),
            Column("picture", Markup('<span class="hide">Range as a picture</span>')),
            Column("index", "Productivity index", numeric=True),
            Column("outcome", "Outcome score", numeric=True),
            *(Column(domain, words.words(domain).capitalize(), numeric=True) for domain in domains),
            Column("per_head", f"Spend per {unit}, \u00a3", numeric=True),
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
                    number(row["spend_per_head_gbp"], 0),
                ],
                "" if row["productivity_rank"] else "missing",
            )
            for row in held
        ],
        sortable=True,
    )
    svg = charts.scatter(
        f"{title}: spend against outcome, {edition}",
        "A dot for each ranked council; further up is a better outcome, further left is less spend.",
        [(row["spend_index"], row["outcome_score"]) for row in ranked],
        None,
    )
    tables = [table]
    sections = [
        Section(
            "spend-and-outcome",
            "Spend against outcome",
            figures=[
                Figure(
                    Markup(svg),
                    f"{title}, {edition}",
                    None,
                    (("all", "ranked councils"), ("mid", "England's spend")),
                    link("#ranking", "The same figures are in the full list below"),
                )
            ],
        ),
        Section("ranking", "Every council, with its range", tables=tables),
    ]
    if module == "adult_social_care":
        better = site.figures.rows("better_for_less")
        newest = max(row["edition"] for row in better)
        sections.append(
            Section(
                "better-for-less",
                "Better outcomes than the mean for less money, over three years",
                tables=[
                    Table(
                        "better-for-less",
                        f"Over the three editions that end in {newest}",
                        [
                            Column("council", "Council"),
                            Column("editions", "Single editions in which it holds", numeric=True),
                            Column("outcome", "Outcome score", numeric=True),
                            Column("mean_outcome", "Mean", numeric=True),
                            Column("spend", "Spend per adult, \u00a3", numeric=True),
                            Column("mean_spend", "Mean, \u00a3", numeric=True),
                        ],
                        [
                            (
                                row["gss_code"],
                                [
                                    site.council_link("../", row["gss_code"], None),
                                    f"{row['editions_better_for_less']} of 3",
                                    number(row["outcome_score"]),
                                    number(row["average_outcome_score"]),
                                    number(row["spend_per_adult_gbp"], 0),
                                    number(row["average_spend_per_adult_gbp"], 0),
                                ],
                                "",
                            )
                            for row in better
                            if row["edition"] == newest
                        ],
                        sortable=True,
                    )
                ],
            )
        )
    context = [
        row
        for row in site.figures.rows("register")
        if row["ranking_id"] == module and row["status"] == "active"
    ]
    sections += [
        Section(
            "measures",
            "Its measures",
            items=[link(site.measure_href("../", row["measure_id"]), row["measure_name"]) for row in context],
        ),
        Section("read-with-care", "Read with care", items=CARE[module]),
    ]
    return Page(
        path=f"modules/{module.replace('_', '-')}.html",
        title=title,
        lead=[
            f"Edition {edition}, the newest in which councils are ranked. A council's own years are in "
            "its report."
        ],
        sections=sections,
        kind="module",
        description=f"{title}: outcome, spend and the range of the rank of every council.",
        crumbs=[*HOME, ("index.html", "Modules")],
    )
