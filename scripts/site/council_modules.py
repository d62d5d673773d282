"""A council's report: the modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Column, Figure, Section, Table, link, small
from scripts.site.shared import LEGEND_TREND, MODULES
from scripts.site.words import number, plain, rank_or_reason, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


def module_panel(
    module: str, name: str, rows: Sequence[Row], site: Site, extra: Sequence[Table] = ()
) -> Section | None:
    """A module in one panel: outcome by domain in the newest scored edition, standing, spend, change."""
    title, unit, domains = MODULES[module]
    held = [row for row in rows if row["outcome_score"] is not None]
    if not held:
        return None
    newest = held[-1]
    years = [row["edition"] for row in rows]
    bars = [("All domains", newest["outcome_score"], newest["peer_outcome_score"])] + [
        (words.words(domain).capitalize(), newest[f"{domain}_score"], newest[f"peer_{domain}_score"])
        for domain in domains
    ]
    domain_table = Table(
        f"{module}-domains",
        f"{title}: outcome score of {name} by domain, {newest['edition']}",
        [
            Column("domain", "Domain"),
            Column("score", "Outcome score", numeric=True),
            Column("peers", "Neighbours", numeric=True),
        ],
        [
            (domain_id, [label, number(score), number(peer)], "")
            for domain_id, (label, score, peer) in zip(("all", *domains), bars, strict=True)
        ],
    )
    years_table = Table(
        f"{module}-years",
        f"{title}: {name} by edition",
        [
            Column("edition", "Edition"),
            Column("rank", "Rank, and where it likely lies"),
            Column("outcome", "Outcome score", numeric=True),
            Column("per_head", f"Spend per {unit}, \u00a3", numeric=True),
            Column("england", "England, \u00a3", numeric=True),
            Column("peers", "Neighbours, \u00a3", numeric=True),
        ],
        [
            (
                row["edition"],
                [
                    row["edition"],
                    rank_or_reason(row),
                    number(row["outcome_score"]),
                    number(row["spend_per_head_gbp"], 0),
                    number(row["england_spend_per_head_gbp"], 0),
                    number(row["peer_spend_per_head_gbp"], 0),
                ],
                "",
            )
            for row in rows
        ],
    )
    bar_chart = charts.bars(
        f"{title}: outcome score by domain, {newest['edition']}",
        f"{name}; 1 is the worst goalpost, 100 the best.",
        [(label, score, number(score)) for label, score, _ in bars if score is not None],
        "Outcome score, 1 to 100",
    )
    short = [year[2:] for year in years]
    spend_chart = charts.lines(
        f"{title}: spend per {unit}",
        f"{name}, the median of its neighbours and England, in pounds of the day.",
        short,
        [
            ("England", "s3", [row["england_spend_per_head_gbp"] for row in rows]),
            ("Neighbours, median", "s2", [row["peer_spend_per_head_gbp"] for row in rows]),
            (name, "s1", [row["spend_per_head_gbp"] for row in rows]),
        ],
        f"\u00a3 per {unit}",
        every=1 if len(years) <= 7 else 2,
        breaks=site.new_bases(years),
    )
    items = [f"In {newest['edition']}: {rank_or_reason(newest)}."]
    if newest["change_verdict"]:
        items.append(
            words.change_sentence(
                dict(newest, from_edition=newest["productivity_from_edition"]), newest["edition"]
            )
        )
    return Section(
        module.replace("_", "-"),
        title,
        paragraphs=[
            link(f"../modules/{module.replace('_', '-')}.html", f"{title}: all councils, and how it is made")
        ],
        items=items,
        figures=[
            Figure(Markup(bar_chart), f"Outcome by domain, {newest['edition']}", domain_table),
            Figure(Markup(spend_chart), f"Spend per {unit}", years_table, LEGEND_TREND),
        ],
        folded=list(extra),
    )


def grip_table(name: str, rows: Sequence[Row]) -> Table:
    """Outturn against budget."""
    return Table(
        "grip",
        f"Adult social care: outturn of {name} against its budget",
        [
            Column("edition", "Edition"),
            Column("over", "Over budget, %", numeric=True),
            Column("england", "England, %", numeric=True),
            Column("grip", "In words"),
        ],
        [
            (
                row["edition"],
                [
                    row["edition"],
                    signed(row["over_budget_pct"], 1),
                    signed(row["england_over_budget_pct"], 1),
                    words.GRIP.get(
                        row["grip"] or "", words.MISSING.get(row["missing_reason"] or "", "not held")
                    ),
                ],
                "",
            )
            for row in rows
        ],
        note="Outturn and budget come from different returns: read England's beside it.",
    )


def context_table(module: str, title: str, name: str, rows: Sequence[Row]) -> Table | None:
    """Figures shown beside the outcomes of a module, newest edition with any."""
    held = [row for row in rows if row["value"] is not None]
    if not held:
        return None
    newest = max(row["edition"] for row in held)
    return Table(
        f"{module}-context",
        f"{title}: shown beside the outcomes and never graded, {name}, {newest}",
        [
            Column("figure", "Figure"),
            Column("value", "Value", numeric=True),
            Column("peers", "Neighbours, median", numeric=True),
        ],
        [
            (
                row["figure_id"],
                [
                    small(row["figure_name"], row["unit"]),
                    words.MISSING.get(row["missing_reason"] or "", plain(row["value"])),
                    plain(row["peer_median"]),
                ],
                "",
            )
            for row in rows
            if row["edition"] == newest
        ],
    )


def transfers_panel(name: str, code: str, slug: str, site: Site) -> Section | None:
    """Delayed transfers in one panel."""
    months = site.dtoc_months.get(code)
    if not months or not any(row["delayed_days"] is not None for row in months):
        return None
    years = site.dtoc_years[code]
    names = [row["month"] for row in months]
    svg = charts.lines(
        f"Delayed beds a day per 100,000 adults, {name}",
        "Rate by month and its mean over twelve months.",
        [month[:4] for month in names],
        [
            ("Rate", "s2", [row["rate"] for row in months]),
            ("Mean of twelve months", "s1", [row["mean_rate"] for row in months]),
        ],
        "Beds a day per 100,000 adults",
        include=(0.0,),
        show_dots=False,
        every=12,
    )
    table = Table(
        "transfers-years",
        f"Delayed transfers of {name} by edition",
        [
            Column("edition", "Edition"),
            Column("months", "Months held", numeric=True),
            Column("days", "Delayed days", numeric=True),
            Column("rate", "Beds a day per 100,000 adults", numeric=True),
            Column("peers", "Neighbours, median", numeric=True),
        ],
        [
            (
                row["edition"],
                [
                    row["edition"],
                    number(row["months_held"], 0),
                    number(row["delayed_days"], 0),
                    number(row["rate"]),
                    number(row["peer_rate"]),
                ],
                "",
            )
            for row in years
        ],
    )
    return Section(
        "delayed-transfers",
        "Delayed transfers",
        paragraphs=[
            link(f"../delayed-transfers/{slug}.html", f"The pack of charts for {name}"),
            *(
                [link(f"../delayed-discharges/{slug}.html", f"Delayed discharges of {name} since April 2024")]
                if code in site.discharge_months
                else []
            ),
        ],
        figures=[
            Figure(
                Markup(svg),
                "Delayed beds by month",
                table,
                (("s1", "mean of twelve months"), ("s2", "month")),
            )
        ],
    )
